package io.sparknn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparknn.format.FormatException.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way a text can fail to be JSON, and every value that cannot be written. */
@Tag("fast")
class JsonRefusalTest {
    static Stream<Arguments> cases() {
        return Stream.of(
                arguments("", Reason.JSON_SYNTAX, 0, "more, got the end"),
                arguments(" \n", Reason.JSON_SYNTAX, 2, "more, got the end"),
                arguments("\ufeff1", Reason.JSON_SYNTAX, 0, "a value, got U+FEFF"),
                arguments("\u00a01", Reason.JSON_SYNTAX, 0, "a value, got U+00A0"),
                arguments("NaN", Reason.JSON_SYNTAX, 0, "a value, got 'N'"),
                arguments("Infinity", Reason.JSON_SYNTAX, 0, "a value, got 'I'"),
                arguments("tru", Reason.JSON_SYNTAX, 0, "true, got 't'"),
                arguments("nul1", Reason.JSON_SYNTAX, 0, "null, got 'n'"),
                arguments("False", Reason.JSON_SYNTAX, 0, "a value, got 'F'"),
                arguments("'a'", Reason.JSON_SYNTAX, 0, "a value, got '''"),
                arguments("+1", Reason.JSON_SYNTAX, 0, "a value, got '+'"),
                arguments(".5", Reason.JSON_SYNTAX, 0, "a value, got '.'"),
                arguments("[1,]", Reason.JSON_SYNTAX, 3, "a value, got ']'"),
                arguments("[1 2]", Reason.JSON_SYNTAX, 3, "',' or ']' in an array, got '2'"),
                arguments("[1}", Reason.JSON_SYNTAX, 2, "',' or ']' in an array, got '}'"),
                arguments("[", Reason.JSON_SYNTAX, 1, "more, got the end"),
                arguments("{\"a\":1,}", Reason.JSON_SYNTAX, 7, "a key in quotes, got '}'"),
                arguments("{a:1}", Reason.JSON_SYNTAX, 1, "a key in quotes, got 'a'"),
                arguments("{1:1}", Reason.JSON_SYNTAX, 1, "a key in quotes, got '1'"),
                arguments("{\"a\" 1}", Reason.JSON_SYNTAX, 5, "':' after a key, got '1'"),
                arguments("{\"a\":1 \"b\":2}", Reason.JSON_SYNTAX, 7, "',' or '}' in an object, got '\"'"),
                arguments("\"abc", Reason.JSON_SYNTAX, 4, "more, got the end"),
                arguments("// note\n1", Reason.JSON_SYNTAX, 0, "a value, got '/'"),
                arguments("1 2", Reason.JSON_TRAILING, 2, "the end after the value, got '2'"),
                arguments("1x", Reason.JSON_TRAILING, 1, "the end after the value, got 'x'"),
                arguments("truefalse", Reason.JSON_TRAILING, 4, "the end after the value, got 'f'"),
                arguments("{}}", Reason.JSON_TRAILING, 2, "the end after the value, got '}'"),
                arguments("[".repeat(65), Reason.JSON_DEPTH, 64, "at most 64 levels of arrays and objects, got more"),
                arguments(
                        "{\"a\":1,\"\\u0061\":2}",
                        Reason.JSON_DUPLICATE_KEY,
                        7,
                        "a key once in an object, got \"a\" again"),
                arguments("\"\\x\"", Reason.JSON_ESCAPE, 2, "one of \" \\ / b f n r t u after a backslash, got 'x'"),
                arguments("\"\\u12g4\"", Reason.JSON_ESCAPE, 5, "four hexadecimal digits after \\u, got 'g'"),
                arguments(
                        "\"\\u\u0661\u0661\u0661\u0661\"",
                        Reason.JSON_ESCAPE,
                        3,
                        "four hexadecimal digits after \\u, got U+0661"),
                arguments("\"\\ud800\"", Reason.JSON_SURROGATE, 1, "surrogates in pairs, got one alone"),
                arguments("\"\\udc00\"", Reason.JSON_SURROGATE, 1, "surrogates in pairs, got one alone"),
                arguments("\"\\ud800\\n\"", Reason.JSON_SURROGATE, 1, "surrogates in pairs, got one alone"),
                arguments("\"\\ud800\\u0041\"", Reason.JSON_SURROGATE, 1, "surrogates in pairs, got one alone"),
                arguments("\"\\ud800\udc00\"", Reason.JSON_SURROGATE, 1, "surrogates in pairs, got one alone"),
                arguments("\"a\ud800\"", Reason.JSON_SURROGATE, 2, "surrogates in pairs, got one alone"),
                arguments("\"\udc00\"", Reason.JSON_SURROGATE, 1, "surrogates in pairs, got one alone"),
                arguments("\"\ud800", Reason.JSON_SURROGATE, 1, "surrogates in pairs, got one alone"),
                arguments(
                        "\"a\nb\"",
                        Reason.JSON_CONTROL_CHARACTER,
                        2,
                        "control characters in a string to be escaped, got U+000A"),
                arguments(
                        "\"\0\"",
                        Reason.JSON_CONTROL_CHARACTER,
                        1,
                        "control characters in a string to be escaped, got U+0000"),
                arguments("01", Reason.JSON_NUMBER, 0, "numbers without leading zeros"),
                arguments("-00.5", Reason.JSON_NUMBER, 1, "numbers without leading zeros"),
                arguments("-", Reason.JSON_NUMBER, 1, "a digit, got the end"),
                arguments("-Infinity", Reason.JSON_NUMBER, 1, "a digit, got 'I'"),
                arguments("1.", Reason.JSON_NUMBER, 2, "a digit, got the end"),
                arguments("[1.e5]", Reason.JSON_NUMBER, 3, "a digit, got 'e'"),
                arguments("1e", Reason.JSON_NUMBER, 2, "a digit, got the end"),
                arguments("1e+]", Reason.JSON_NUMBER, 3, "a digit, got ']'"),
                arguments(
                        "9223372036854775808",
                        Reason.JSON_NUMBER_RANGE,
                        0,
                        "whole numbers of 64 bits, got \"9223372036854775808\""),
                arguments(
                        "[" + "1".repeat(200) + "]",
                        Reason.JSON_NUMBER_RANGE,
                        1,
                        "whole numbers of 64 bits, got \"" + "1".repeat(80) + "...\""),
                arguments("-1e309", Reason.JSON_NUMBER_RANGE, 0, "numbers within the range of double, got \"-1e309\""));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refusesWithReasonOffsetAndMessage(String text, Reason reason, int offset, String message) {
        FormatException refused = catchThrowableOfType(FormatException.class, () -> Json.parse(text));

        assertThat(refused).hasMessage("JSON at character " + offset + " expects " + message);
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.offset()).isEqualTo(offset);
    }

    /** Bytes that lenient decoders take: cut short, overlong, surrogates, beyond Unicode. */
    @ParameterizedTest
    @ValueSource(strings = {"80", "c3", "c328", "c0af", "e0809f", "eda080", "f0808080", "f4908080", "ff"})
    void refusesBytesThatAreNotUtf8(String hex) {
        byte[] inside = HexFormat.of().parseHex("2261" + hex + "22");

        FormatException refused = catchThrowableOfType(FormatException.class, () -> Json.parse(inside));

        assertThat(refused.reason()).isEqualTo(Reason.JSON_UTF8);
        assertThat(refused.offset()).isEqualTo(2);
    }

    @Test
    void refusesBytesThatEndWithinACharacter() {
        byte[] cut = {'"', (byte) 0xf0, (byte) 0x9f, (byte) 0x98};

        FormatException refused = catchThrowableOfType(FormatException.class, () -> Json.parse(cut));

        assertThat(refused.reason()).isEqualTo(Reason.JSON_UTF8);
        assertThat(refused.offset()).isEqualTo(1);
    }

    @Test
    void refusesMoreCharactersThanTheLimit() {
        FormatException refused =
                catchThrowableOfType(FormatException.class, () -> new JsonReader(new Spaces(100_000_001)).read());

        assertThat(refused).hasMessage("JSON expects at most 100000000 characters, got 100000001");
        assertThat(refused.reason()).isEqualTo(Reason.JSON_LENGTH);
    }

    @Test
    void refusesMoreValuesThanTheLimit() throws FormatException {
        String most = "[0" + ",0".repeat(Json.MAX_VALUES - 2);
        assertThat((List<?>) Json.parse(most + "]")).hasSize(Json.MAX_VALUES - 1);

        FormatException refused = catchThrowableOfType(FormatException.class, () -> Json.parse(most + ",0]"));

        assertThat(refused.reason()).isEqualTo(Reason.JSON_VALUES);
        assertThat(refused).hasMessageEndingWith("expects at most 2097152 values, got more");
    }

    @Test
    void writesNoNumberThatIsNotFinite() {
        assertThatThrownBy(() -> Json.write(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON expects finite numbers, got NaN; write it as a string");
        assertThatThrownBy(() -> Json.write(List.of(Float.NEGATIVE_INFINITY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON expects finite numbers, got -Infinity; write it as a string");
    }

    @Test
    void writesNoHalfOfASurrogatePair() {
        for (String half : List.of("a\ud800", "a\udc00b", "a\ud800b")) {
            assertThatThrownBy(() -> Json.write(half))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("JSON expects surrogates in pairs, got one alone at character 1 of a string");
        }
    }

    @Test
    void writesNoOtherClassesAndKeys() {
        assertThatThrownBy(() -> Json.write(new int[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "JSON expects maps, collections, strings, numbers, booleans and null, got [I; convert it first");
        assertThatThrownBy(() -> Json.write(Map.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON expects keys that are strings, got 1");
    }

    @Test
    void writesNoCollectionThatContainsItself() {
        List<Object> self = new ArrayList<>();
        self.add(self);

        assertThatThrownBy(() -> Json.write(self))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON expects at most 64 levels of arrays and objects, got more; does one contain itself?");
    }

    @Test
    void writesNoMoreValuesThanCanBeRead() throws FormatException {
        List<Object> most = Collections.nCopies(Json.MAX_VALUES - 1, null);
        assertThat(Json.parse(Json.write(most))).isEqualTo(most);

        assertThatThrownBy(() -> Json.write(Collections.nCopies(Json.MAX_VALUES, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("JSON expects at most 2097152 values and 100000000 characters, got more");
    }

    /** A text of any length that takes no memory. */
    private static final class Spaces implements CharSequence {
        private final int length;

        Spaces(int length) {
            this.length = length;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            return ' ';
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Spaces(end - start);
        }

        @Override
        public String toString() {
            return length + " spaces";
        }
    }
}
