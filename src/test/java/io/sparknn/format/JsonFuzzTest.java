package io.sparknn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparknn.format.FormatException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Random values and random texts, judged by Jackson. */
@Tag("fast")
class JsonFuzzTest {
    /** What Jackson takes and we do not. */
    private static final Set<Reason> STRICTER =
            EnumSet.of(Reason.JSON_DEPTH, Reason.JSON_NUMBER_RANGE, Reason.JSON_SURROGATE);

    private static final ObjectMapper JACKSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    @Property
    void whatIsWrittenIsReadEqual(@ForAll("values") Object value) throws IOException {
        String text = Json.write(value);

        assertThat(Json.parse(text)).isEqualTo(value);
        assertThat(jackson(text)).isEqualTo(value);
    }

    @Property
    void floatsComeBackBitForBit(@ForAll int bits) throws FormatException {
        float value = Float.intBitsToFloat(bits);
        if (Float.isFinite(value)) {
            float read = ((Double) Json.parse(Json.write(value))).floatValue();
            assertThat(Float.floatToRawIntBits(read)).isEqualTo(bits);
        }
    }

    @Property
    void damagedJsonIsJudgedAsJacksonDoes(@ForAll("damaged") String text) throws IOException {
        agree(text);
    }

    @Property
    void scrapsOfJsonAreJudgedAsJacksonDoes(@ForAll("scraps") String text) throws IOException {
        agree(text);
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String text) throws IOException {
        agree(text);
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        try {
            Json.parse(bytes);
        } catch (FormatException refused) {
            assertThat(refused.reason().name()).startsWith("JSON_");
            assertThat(refused.offset()).isBetween(0L, (long) bytes.length);
        }
    }

    private static void agree(String text) throws IOException {
        Object ours;
        try {
            ours = Json.parse(text);
        } catch (FormatException refused) {
            if (!STRICTER.contains(refused.reason())) {
                assertThat(catchThrowable(() -> jackson(text)))
                        .as("%s refused with %s", text, refused.getMessage())
                        .isInstanceOf(JsonProcessingException.class);
            }
            return;
        }
        assertThat(jackson(text)).isEqualTo(ours);
    }

    private static Object jackson(String text) throws IOException {
        // As bytes: given characters, Jackson takes U+0141 for the hexadecimal digit A, whose low byte it shares.
        // After spaces: it guesses the encoding of a text, and skips its byte order mark, by the first four bytes.
        return JACKSON.readValue(("    " + text).getBytes(StandardCharsets.UTF_8), Object.class);
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.recursive(JsonFuzzTest::leaves, JsonFuzzTest::containers, 0, 4)
                .withoutEdgeCases();
    }

    private static Arbitrary<Object> leaves() {
        Arbitrary<Object> doubles = Arbitraries.longs()
                .map(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .map(value -> value);
        return Arbitraries.oneOf(
                texts().map(text -> text), Arbitraries.longs().map(value -> value), doubles, constants());
    }

    private static Arbitrary<Object> constants() {
        return Arbitraries.<Object>of(true, false, -0.0, 0L, Long.MIN_VALUE).injectNull(0.2);
    }

    private static Arbitrary<Object> containers(Arbitrary<Object> inner) {
        return Arbitraries.oneOf(
                inner,
                inner.list().ofMaxSize(4).map(list -> list),
                Arbitraries.maps(texts(), inner).ofMaxSize(4).map(LinkedHashMap::new));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 0x10ffff),
                        Arbitraries.integers().between(0, 0x7f))
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .map(Character::toString)
                .list()
                .ofMaxSize(6)
                .map(points -> String.join("", points));
    }

    @Provide
    Arbitrary<String> damaged() {
        Arbitrary<String> scrap = scrap();
        return Combinators.combine(
                        values().map(Json::write),
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.integers().between(0, 3),
                        scrap)
                .as((text, place, removed, inserted) -> {
                    int at = place % (text.length() + 1);
                    int end = Math.min(text.length(), at + removed);
                    return text.substring(0, at) + inserted + text.substring(end);
                });
    }

    @Provide
    Arbitrary<String> scraps() {
        return scrap().list().ofMaxSize(12).map(scraps -> String.join("", scraps));
    }

    private static Arbitrary<String> scrap() {
        return Arbitraries.of(
                "",
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"",
                "\"a\"",
                "\"a\":",
                "\\",
                "\\u",
                "\\ud83d",
                "\\ude00",
                "\\n",
                "\\u000\u0141",
                "\n",
                " ",
                "0",
                "-",
                "1",
                "9223372036854775807",
                ".",
                ".5",
                "e",
                "E+",
                "e-3",
                "true",
                "false",
                "null",
                "NaN",
                "\0",
                "\u00e9",
                "\ud83d",
                "\ude00",
                "/*",
                "//",
                "'",
                "\ufeff",
                "\u2028");
    }
}
