package io.sparknn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparknn.format.FormatException.Reason;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way a weights file can be wrong, each with its reason and message. */
@Tag("fast")
class SafetensorsRefusalTest {
    private static final String TYPES = "[F32, F64, F16, BF16, I8, U8, I16, I32, I64, BOOL]";

    static Stream<Arguments> headCases() {
        byte[] empty = {};
        byte[] braces = {'{', '}'};
        return Stream.of(
                wrong(
                        empty,
                        Reason.TRUNCATED,
                        "weights file expects 8 bytes for the length of the header, got the end after 0; is it complete?"),
                wrong(
                        new byte[] {2, 0, 0},
                        Reason.TRUNCATED,
                        "weights file expects 8 bytes for the length of the header, got the end after 3; is it complete?"),
                wrong(
                        RawFile.of(0, empty, empty),
                        Reason.HEADER_EMPTY,
                        "header of a weights file expects at least {}, got 0 bytes"),
                wrong(
                        RawFile.of(100_000_001, braces, empty),
                        Reason.HEADER_TOO_LONG,
                        "header of a weights file expects at most 100000000 bytes, got 100000001; is it a weights file?"),
                wrong(
                        RawFile.of(-1, braces, empty),
                        Reason.HEADER_TOO_LONG,
                        "header of a weights file expects at most 100000000 bytes, got 18446744073709551615;"
                                + " is it a weights file?"),
                wrong(
                        RawFile.of(3, braces, empty),
                        Reason.HEADER_BEYOND_FILE,
                        "header of a weights file expects 3 bytes, got 2 in the file; is it complete?"),
                wrong(
                        RawFile.of("[]"),
                        Reason.HEADER_NOT_OBJECT,
                        "header of a weights file expects '{' first, got byte 91"),
                wrong(
                        RawFile.of(" {}"),
                        Reason.HEADER_NOT_OBJECT,
                        "header of a weights file expects '{' first, got byte 32"),
                wrong(
                        RawFile.of("\ufeff{}"),
                        Reason.HEADER_NOT_OBJECT,
                        "header of a weights file expects '{' first, got byte 239"),
                wrong(
                        RawFile.of("{} {}"),
                        Reason.JSON_TRAILING,
                        "JSON at character 3 expects the end after the value, got '{'"),
                wrong(
                        RawFile.of("{}\0"),
                        Reason.JSON_TRAILING,
                        "JSON at character 2 expects the end after the value, got U+0000"),
                wrong(
                        RawFile.of("{\"x\""),
                        Reason.JSON_SYNTAX,
                        "JSON at character 4 expects ':' after a key, got the end"),
                wrong(
                        RawFile.of("{\"x\":1,\"x\":1}"),
                        Reason.JSON_DUPLICATE_KEY,
                        "JSON at character 7 expects a key once in an object, got \"x\" again"),
                wrong(
                        RawFile.of("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}"),
                        Reason.JSON_DUPLICATE_KEY,
                        "JSON at character 24 expects a key once in an object, got \"a\" again"),
                wrong(
                        RawFile.of("{\"x\":" + "[".repeat(64) + "]".repeat(64) + "}"),
                        Reason.JSON_DEPTH,
                        "JSON at character 68 expects at most 64 levels of arrays and objects, got more"),
                wrong(
                        RawFile.of(2, new byte[] {'{', (byte) 0xff}, empty),
                        Reason.JSON_UTF8,
                        "JSON expects UTF-8, got other bytes at byte 1"),
                wrong(
                        RawFile.of("{\"__metadata__\":null}"),
                        Reason.METADATA,
                        "__metadata__ expects an object of strings, got null or nothing"),
                wrong(
                        RawFile.of("{\"__metadata__\":[]}"),
                        Reason.METADATA,
                        "__metadata__ expects an object of strings, got an array"),
                wrong(
                        RawFile.of("{\"__metadata__\":{\"epoch\":3}}"),
                        Reason.METADATA,
                        "__metadata__ expects strings, got a number for \"epoch\""));
    }

    static Stream<Arguments> entryCases() {
        return Stream.of(
                entry("{\"x\":7}", Reason.ENTRY, "an object of dtype, shape and data_offsets, got a number"),
                entry(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0],\"order\":\"F\"}}",
                        Reason.ENTRY,
                        "only dtype, shape and data_offsets, got also \"order\""),
                entry(
                        "{\"x\":{\"shape\":[0],\"data_offsets\":[0,0]}}",
                        Reason.ENTRY,
                        "dtype to be a string, got null or nothing"),
                entry(
                        "{\"x\":{\"dtype\":{},\"shape\":[0],\"data_offsets\":[0,0]}}",
                        Reason.ENTRY,
                        "dtype to be a string, got an object"),
                entry(
                        "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,0]}}",
                        Reason.ENTRY,
                        "shape to be an array of whole numbers, got null or nothing"),
                entry(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":true,\"data_offsets\":[0,0]}}",
                        Reason.ENTRY,
                        "shape to be an array of whole numbers, got a boolean"),
                entry(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":[0.0],\"data_offsets\":[0,0]}}",
                        Reason.ENTRY,
                        "shape to be an array of whole numbers, got one with a number"),
                entry(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,\"0\"]}}",
                        Reason.ENTRY,
                        "data_offsets to be an array of whole numbers, got one with a string"),
                entry(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0]}}",
                        Reason.ENTRY,
                        "data_offsets [begin, end], got 1 of them"),
                entry(
                        RawFile.entry("F128", "[0]", 0, 0),
                        Reason.TYPE,
                        "one of the types " + TYPES + ", got \"F128\"; save it as F32"),
                entry(
                        RawFile.entry("f32", "[0]", 0, 0),
                        Reason.TYPE,
                        "one of the types " + TYPES + ", got \"f32\"; save it as F32"),
                entry(RawFile.entry("F32", "[1" + ",1".repeat(64) + "]", 0, 4), Reason.RANK, "at most 64 axes, got 65"),
                entry(
                        RawFile.entry("F32", "[2,-1]", 0, 0),
                        Reason.DIMENSION,
                        "sizes from 0 to 2147483647, got [2, -1]"),
                entry(
                        RawFile.entry("F32", "[2147483648]", 0, 8_589_934_592L),
                        Reason.DIMENSION,
                        "sizes from 0 to 2147483647, got [2147483648]"),
                entry(
                        RawFile.entry("U8", "[2147483647]", 0, 2_147_483_647L),
                        Reason.ELEMENTS,
                        "at most 2147483639 elements, got shape [2147483647]"),
                // 2^64 elements: a product that wraps around would be 0.
                entry(
                        RawFile.entry("F32", "[65536,65536,65536,65536]", 0, 0),
                        Reason.ELEMENTS,
                        "at most 2147483639 elements, got shape [65536, 65536, 65536, 65536]"),
                entry(
                        RawFile.entry("F32", "[65536,65536,0]", 0, 0),
                        Reason.ELEMENTS,
                        "at most 2147483639 elements, got shape [65536, 65536, 0]"),
                entry(RawFile.entry("F32", "[1]", 4, 0), Reason.OFFSETS, "data_offsets 0 <= begin <= end, got [4, 0]"),
                entry(
                        RawFile.entry("F32", "[1]", -4, 0),
                        Reason.OFFSETS,
                        "data_offsets 0 <= begin <= end, got [-4, 0]"),
                entry(
                        RawFile.entry("F64", "[3]", 0, 12),
                        Reason.BYTES,
                        "24 bytes for F64 of shape (3), got 12 between its offsets"),
                entry(
                        RawFile.entry("F32", "[]", 0, 0),
                        Reason.BYTES,
                        "4 bytes for F32 of shape (), got 0 between its offsets"),
                entry(
                        RawFile.entry("F32", "[0]", 0, Long.MAX_VALUE),
                        Reason.BYTES,
                        "0 bytes for F32 of shape (0), got 9223372036854775807 between its offsets"),
                entry(
                        RawFile.entry("U8", "[1]", 1, 2),
                        Reason.HOLE,
                        "to begin at byte 0, where the tensors before it end, got 1"),
                entry(
                        RawFile.entry("U8", "[0]", Long.MAX_VALUE, Long.MAX_VALUE),
                        Reason.HOLE,
                        "to begin at byte 0, where the tensors before it end, got 9223372036854775807"),
                entry(
                        two(RawFile.fields("U8", "[2]", 0, 2), RawFile.fields("U8", "[2]", 3, 5)),
                        Reason.HOLE,
                        "to begin at byte 2, where the tensors before it end, got 3"),
                entry(
                        two(RawFile.fields("U8", "[2]", 0, 2), RawFile.fields("U8", "[2]", 1, 3)),
                        Reason.OVERLAP,
                        "to begin at byte 2, where the tensors before it end, got 1"),
                entry(
                        two(RawFile.fields("U8", "[2]", 0, 2), RawFile.fields("U8", "[2]", 0, 2)),
                        Reason.OVERLAP,
                        "to begin at byte 2, where the tensors before it end, got 0"),
                entry(
                        two(RawFile.fields("U8", "[2]", 0, 2), RawFile.fields("U8", "[0]", 1, 1)),
                        Reason.OVERLAP,
                        "to begin at byte 2, where the tensors before it end, got 1"));
    }

    static Stream<Arguments> dataCases() {
        return Stream.of(
                wrong(
                        RawFile.of(RawFile.entry("F32", "[2]", 0, 8), 1, 2, 3, 4, 5),
                        Reason.BEYOND_FILE,
                        "tensor \"x\" expects bytes 0 to 8 after the header, got 5 in the file; is it complete?"),
                wrong(
                        RawFile.of(RawFile.entry("U8", "[2000000000]", 0, 2_000_000_000)),
                        Reason.BEYOND_FILE,
                        "tensor \"x\" expects bytes 0 to 2000000000 after the header, got 0 in the file; is it complete?"),
                wrong(
                        RawFile.of("{}", 1, 2, 3),
                        Reason.LEFTOVER,
                        "weights file expects to end after its last tensor, got 3 bytes left over"),
                wrong(
                        RawFile.of(RawFile.entry("U8", "[1]", 0, 1), 1, 2),
                        Reason.LEFTOVER,
                        "weights file expects to end after its last tensor, got 1 bytes left over"),
                wrong(
                        RawFile.tensor("I32", "[1]", 1, 0, 0, 1),
                        Reason.VALUE,
                        "tensor \"x\" of type I32 expects integers from -2^24 to 2^24, which float32 holds exactly, got 16777217;"
                                + " save it without such values, or leave it out of the file"),
                wrong(
                        RawFile.tensor("I64", "[1]", 0, 0, 0, 0, 0, 0, 0, 0x80),
                        Reason.VALUE,
                        "tensor \"x\" of type I64 expects integers from -2^24 to 2^24, which float32 holds exactly,"
                                + " got -9223372036854775808; save it without such values, or leave it out of the file"),
                wrong(
                        RawFile.tensor("F64", "[1]", 0x1d, 0x4a, 0x9c, 0xf4, 0x87, 0x82, 7, 0x48),
                        Reason.VALUE,
                        "tensor \"x\" of type F64 expects values within the range of float32, got 1.0E39;"
                                + " save it without such values, or leave it out of the file"),
                wrong(
                        RawFile.tensor("BOOL", "[3]", 0, 1, 2),
                        Reason.VALUE,
                        "tensor \"x\" of type BOOL expects 0 or 1, got 2;"
                                + " save it without such values, or leave it out of the file"));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource({"headCases", "entryCases", "dataCases"})
    void refusesWithItsOwnReasonAndMessage(byte[] file, Reason reason, String message) {
        FormatException refused = catchThrowableOfType(FormatException.class, () -> Safetensors.read(file));

        assertThat(refused).hasMessage(message);
        assertThat(refused.reason()).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource({"headCases", "entryCases", "dataCases"})
    void refusesWithoutKnowingTheLength(byte[] file, Reason reason, String message) {
        FormatException refused =
                catchThrowableOfType(FormatException.class, () -> Safetensors.read(RawFile.trickle(file), -1));

        // Only the end of the stream tells that bytes are missing.
        boolean missing = reason == Reason.HEADER_BEYOND_FILE || reason == Reason.BEYOND_FILE;
        assertThat(refused.reason()).isEqualTo(missing ? Reason.TRUNCATED : reason);
    }

    @Test
    void refusesAStreamThatEndsBeforeItsDeclaredLength() {
        byte[] file = RawFile.tensor("U8", "[70000]", new int[70000]);
        byte[] cut = Arrays.copyOf(file, file.length - 3);

        FormatException refused = catchThrowableOfType(
                FormatException.class, () -> Safetensors.read(new ByteArrayInputStream(cut), file.length));

        assertThat(refused.reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(refused)
                .hasMessage(
                        "weights file expects 70000 bytes for tensor \"x\", got the end after 69997; is it complete?");
    }

    @Test
    void refusesTheSmallestDoubleThatWouldBecomeInfinite() {
        byte[] file = RawFile.tensor("F64", "[1]", 0, 0, 0, 0xf0, 0xff, 0xff, 0xef, 0x47);

        FormatException refused = catchThrowableOfType(FormatException.class, () -> Safetensors.read(file));

        assertThat(refused.reason()).isEqualTo(Reason.VALUE);
    }

    @Test
    void everyReasonHasACase() {
        Set<Reason> covered = Stream.of(headCases(), entryCases(), dataCases(), JsonRefusalTest.cases())
                .flatMap(cases -> cases)
                .map(arguments -> (Reason) arguments.get()[1])
                .collect(Collectors.toSet());
        // Texts too large to be written out as cases: tests of their own in JsonRefusalTest.
        covered.addAll(EnumSet.of(Reason.JSON_LENGTH, Reason.JSON_VALUES));
        // Of several files: SafetensorsIndexTest.
        covered.addAll(EnumSet.of(Reason.INDEX, Reason.SHARD_NAME, Reason.SHARD_MISSING, Reason.SHARD_SURPLUS));

        assertThat(covered).containsExactlyInAnyOrder(Reason.values());
    }

    private static String two(String first, String second) {
        return "{\"first\":" + first + ",\"x\":" + second + "}";
    }

    private static Arguments entry(String header, Reason reason, String rest) {
        return wrong(RawFile.of(header, 1, 2, 3, 4, 5), reason, "tensor \"x\" expects " + rest);
    }

    private static Arguments wrong(byte[] file, Reason reason, String message) {
        return arguments(file, reason, message);
    }
}
