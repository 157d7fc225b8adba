package io.sparknn.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class JsonTest {
    @Test
    void readsEveryKindOfValue() throws FormatException {
        Object read = Json.parse(" {\"a\" : [ 1 , -2.5e1,true,false,null ],\r\n\t\"b\":{ },\"c\":[ ],\"\":\"\"} ");

        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("a", Arrays.asList(1L, -25.0, true, false, null));
        expected.put("b", Map.of());
        expected.put("c", List.of());
        expected.put("", "");
        assertThat(read).isEqualTo(expected).isInstanceOf(LinkedHashMap.class);
        assertThat(((Map<?, ?>) read).get("a")).isInstanceOf(ArrayList.class);
    }

    @Test
    void keepsTheOrderOfKeys() throws FormatException {
        String text = "{\"z\":1,\"a\":2,\"m\":3}";

        assertThat(((Map<?, ?>) Json.parse(text)).keySet().toString()).isEqualTo("[z, a, m]");
        assertThat(Json.write(Json.parse(text))).isEqualTo(text);
    }

    @Test
    void readsEveryEscape() throws FormatException {
        assertThat(Json.parse(
                        "\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0041 \\u00e9 \\u0000 \\uD83D\\ude00 /\u007f\u2028\""))
                .isEqualTo("\" \\ / \b \f \n \r \t A \u00e9 \0 \ud83d\ude00 /\u007f\u2028");
    }

    @Test
    void readsCharactersOfEveryWidthFromUtf8() throws FormatException {
        byte[] utf8 = "\"a\u00e9\u20ac\ud83d\ude00\"".getBytes(StandardCharsets.UTF_8);

        assertThat(utf8).hasSize(12);
        assertThat(Json.parse(utf8)).isEqualTo("a\u00e9\u20ac\ud83d\ude00");
    }

    @Test
    void tellsWholeNumbersFromOthers() throws FormatException {
        assertThat(Json.parse("[0, -0, 9223372036854775807, -9223372036854775808]"))
                .isEqualTo(List.of(0L, 0L, Long.MAX_VALUE, Long.MIN_VALUE));
        assertThat(Json.parse("[0.0, -0.0, 1e2, 1E-2, 1.5e+3, 4.9e-324, 1.7976931348623157e308]"))
                .isEqualTo(List.of(0.0, -0.0, 100.0, 0.01, 1500.0, Double.MIN_VALUE, Double.MAX_VALUE));
    }

    @Test
    void reads64LevelsAndNoMore() throws FormatException {
        String deepest = "[".repeat(64) + "]".repeat(64);

        assertThat(Json.write(Json.parse(deepest))).isEqualTo(deepest);
        assertThat((List<?>) Json.parse("[" + "[],".repeat(100) + "{}]")).hasSize(101);
    }

    @Test
    void writesWithoutWhiteSpaceAndEscapesOnlyWhatMust() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("q\"\\/", "\b\f\n\r\t\0\u001f \u007f\u00e9\ud83d\ude00");
        value.put("numbers", Arrays.asList(1, 2L, (short) 3, (byte) 4, 0.5, 0.1f, null, true));
        value.put("set", new TreeSet<>(List.of("b", "a")));

        assertThat(Json.write(value))
                .isEqualTo("{\"q\\\"\\\\/\":\"\\b\\f\\n\\r\\t\\u0000\\u001f \u007f\u00e9\ud83d\ude00\","
                        + "\"numbers\":[1,2,3,4,0.5,0.1,null,true],\"set\":[\"a\",\"b\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            floats = {0f, -0f, 0.1f, Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, 16777216f, 8.5e-38f, 3e10f})
    void floatsComeBackBitForBit(float value) throws FormatException {
        double read = (Double) Json.parse(Json.write(value));

        assertThat(Float.floatToRawIntBits((float) read)).isEqualTo(Float.floatToRawIntBits(value));
    }
}
