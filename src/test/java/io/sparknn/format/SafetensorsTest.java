package io.sparknn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class SafetensorsTest {
    private static final String HEADER =
            "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                    + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";

    @Test
    void writesTheLayoutByteForByte() throws IOException {
        byte[] file = bytes(Safetensors.builder()
                .add("b", Shape.of(2), new float[] {1, -2})
                .add("a", Shape.of(), new float[] {Float.MIN_VALUE})
                .metadata("format", "pt")
                .build());

        String spaces = " ".repeat(6);
        assertThat(HEADER).hasSize(138);
        assertThat(file).isEqualTo(RawFile.of(HEADER + spaces, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 1, 0, 0, 0));
        assertThat(Arrays.copyOf(file, 8)).containsExactly(144, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Safetensors read = Safetensors.read(RawFile.of(HEADER, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 1, 0, 0, 0));

        assertThat(read.names()).containsExactly("b", "a");
        assertThat(read.metadata()).isEqualTo(Map.of("format", "pt"));
        assertThat(read.shape("b")).isEqualTo(Shape.of(2));
        assertThat(read.values("b")).containsExactly(1, -2);
        assertThat(read.shape("a")).isEqualTo(Shape.of());
        assertThat(read.values("a")).containsExactly(Float.MIN_VALUE);
    }

    @Test
    void keepsEveryBit() throws IOException {
        int[] bits = {
            0,
            0x80000000,
            1,
            0x007fffff,
            0x7f7fffff,
            0x7f800000,
            0xff800000,
            0x7fc00000,
            0xffc00000,
            0x7fc12345,
            0x7f800001,
            0xffbfffff,
            0x7fffffff
        };
        float[] values = new float[bits.length];
        for (int index = 0; index < bits.length; index++) {
            values[index] = Float.intBitsToFloat(bits[index]);
        }
        Safetensors content =
                Safetensors.builder().add("x", Shape.of(bits.length), values).build();

        for (Safetensors read : new Safetensors[] {copy(content), copy(copy(content))}) {
            float[] got = read.values("x");
            for (int index = 0; index < bits.length; index++) {
                assertThat(Float.floatToRawIntBits(got[index])).isEqualTo(bits[index]);
            }
        }
    }

    @Test
    void keepsEmptyTensorsAndEmptyFiles() throws IOException {
        Safetensors read = copy(Safetensors.builder()
                .add("none", Shape.of(0), new float[0])
                .add("one", Shape.of(1, 1, 1), new float[] {5})
                .add("rows", Shape.of(3, 0, 2), new float[0])
                .build());

        assertThat(read.names()).containsExactly("none", "one", "rows");
        assertThat(read.shape("rows")).isEqualTo(Shape.of(3, 0, 2));
        assertThat(read.values("none")).isEmpty();
        assertThat(bytes(Safetensors.builder().build())).isEqualTo(RawFile.of("{}      "));
        assertThat(Safetensors.read(RawFile.of("{}")).names()).isEmpty();
    }

    @Test
    void keepsNamesAndMetadataOfEveryScript() throws IOException {
        String odd = "0.w\"\\\n\u00fc\ud83d\ude00";
        Safetensors read = copy(Safetensors.builder()
                .metadata(odd, odd)
                .metadata("", "")
                .add(odd, Shape.of(1), new float[] {1})
                .add("", Shape.of(1), new float[] {2})
                .build());

        assertThat(read.names()).containsExactly(odd, "");
        assertThat(read.metadata()).isEqualTo(Map.of(odd, odd, "", ""));
    }

    /** Sizes around the pieces in which elements are moved. */
    @ParameterizedTest
    @ValueSource(ints = {1, 16_383, 16_384, 16_385, 65_536, 65_537, 200_001})
    void movesTensorsOfAnySize(int size) throws IOException {
        float[] values = new float[size];
        for (int index = 0; index < size; index++) {
            values[index] = index;
        }
        byte[] file = bytes(Safetensors.builder()
                .add("x", Shape.of(size), values)
                .add("y", Shape.of(1), new float[] {-1})
                .build());

        for (Safetensors read : new Safetensors[] {
            Safetensors.read(file), Safetensors.read(new ByteArrayInputStream(file), -1), trickled(file)
        }) {
            assertThat(read.values("x")).isEqualTo(values);
            assertThat(read.values("y")).containsExactly(-1);
        }
    }

    @Test
    void growsATensorOfSmallElementsWithoutKnowingTheLength() throws IOException {
        byte[] data = new byte[150_000];
        Arrays.setAll(new int[data.length], index -> data[index] = (byte) index);
        String header = RawFile.entry("U8", "[150000]", 0, data.length);
        byte[] file = RawFile.of(header.length(), header.getBytes(StandardCharsets.UTF_8), data);

        float[] values = Safetensors.read(new ByteArrayInputStream(file), -1).values("x");

        for (int index = 0; index < data.length; index++) {
            assertThat(values[index]).isEqualTo(index % 256);
        }
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "F32, 0000c07f, NaN",
        "F64, 9a9999999999b93f, 0.1",
        "F64, 000000000000f07f, Infinity",
        "F64, ffffffefffffef47, 3.4028235e38",
        "F64, 0100000000000000, 0",
        "F64, 000000100000f03f, 1",
        "F64, 010000100000f03f, 1.0000001",
        "F64, 000000300000f03f, 1.0000002",
        "F64, 0000000000009036, 0",
        "F64, 0100000000009036, 1.4e-45",
        "F64, 000000000000f0ff, -Infinity",
        "F64, 0000000000000080, -0.0",
        "F64, 010000000000f87f, NaN",
        "F16, 003c, 1",
        "F16, 00c0, -2",
        "F16, 0080, -0.0",
        "F16, 0100, 5.9604645e-8",
        "F16, ff83, -6.097555e-5",
        "F16, 0004, 6.1035156e-5",
        "F16, ff7b, 65504",
        "F16, 5535, 0.33325195",
        "F16, 007c, Infinity",
        "F16, 00fc, -Infinity",
        "F16, 017e, NaN",
        "BF16, 803f, 1",
        "BF16, 49c0, -3.140625",
        "BF16, 0100, 9.1835e-41",
        "BF16, 80ff, -Infinity",
        "I8, 80, -128",
        "U8, 80, 128",
        "U8, ff, 255",
        "I16, 0080, -32768",
        "I32, 00000001, 16777216",
        "I32, 000000ff, -16777216",
        "I32, ffffffff, -1",
        "I64, ffffff0000000000, 16777215",
        "I64, 000000ffffffffff, -16777216",
        "BOOL, 00, 0",
        "BOOL, 01, 1"
    })
    void readsEveryTypeAsFloat(String type, String hex, float value) throws IOException {
        byte[] data = HexFormat.of().parseHex(hex);
        int[] unsigned = new int[data.length];
        Arrays.setAll(unsigned, index -> data[index]);

        float read = Safetensors.read(RawFile.tensor(type, "[1]", unsigned)).values("x")[0];

        assertThat(Float.floatToIntBits(read)).isEqualTo(Float.floatToIntBits(value));
    }

    /** All there are, against the definition in double arithmetic: (-1)^s 2^(e - bias) (1 + f), without the 1 if e is 0. */
    @ParameterizedTest
    @CsvSource({"F16, 5, 10", "BF16, 8, 7"})
    void readsEverySmallFloatExactly(String type, int exponentBits, int fractionBits) throws IOException {
        int count = 1 << 16;
        byte[] data = new byte[2 * count];
        for (int bits = 0; bits < count; bits++) {
            data[2 * bits] = (byte) bits;
            data[2 * bits + 1] = (byte) (bits >> 8);
        }
        byte[] header = RawFile.entry(type, "[65536]", 0, data.length).getBytes(StandardCharsets.UTF_8);

        float[] read = Safetensors.read(RawFile.of(header.length, header, data)).values("x");

        int top = (1 << exponentBits) - 1;
        for (int bits = 0; bits < count; bits++) {
            int exponent = bits >> fractionBits & top;
            int fraction = bits & (1 << fractionBits) - 1;
            double size = Math.scalb(
                    (double) (exponent == 0 ? fraction : fraction + (1 << fractionBits)),
                    Math.max(exponent, 1) - top / 2 - fractionBits);
            if (exponent == top) {
                size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            float expected = (float) (bits >> 15 == 0 ? size : -size);
            assertThat(Float.floatToIntBits(read[bits])).as("bits %x", bits).isEqualTo(Float.floatToIntBits(expected));
        }
    }

    @Test
    void wholeNumbersAreWrittenAsSuch() throws IOException {
        byte[] file = bytes(Safetensors.builder()
                .addWhole("n", Shape.of(), new float[] {7})
                .addWhole("m", Shape.of(2), new float[] {-1, 1 << 24})
                .add("w", Shape.of(1), new float[] {1})
                .build());

        String text = new String(file, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}");
        assertThat(text).contains("\"m\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[8,24]}");
        int at = file.length - 28;
        assertThat(HexFormat.of().formatHex(file, at, at + 24))
                .isEqualTo("0700000000000000" + "ffffffffffffffff" + "0000000100000000");
        Safetensors read = Safetensors.read(file);
        assertThat(read.isWhole("n")).isTrue();
        assertThat(read.isWhole("w")).isFalse();
        assertThat(read.values("m")).containsExactly(-1, 1 << 24);
        assertThat(bytes(read)).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.5f, Float.NaN, Float.POSITIVE_INFINITY, (1 << 24) + 2, -(1 << 24) - 2})
    void rejectsWholeNumbersThatAreNone(float value) {
        assertThatThrownBy(() -> Safetensors.builder().addWhole("n", Shape.of(1), new float[] {value}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tensor n of whole numbers expects integers from -2^24 to 2^24, got " + value);
    }

    @Test
    void readsTensorsWhoseHeaderAndDataDifferInOrder() throws IOException {
        String second = RawFile.fields("I16", "[1]", 2, 4);
        String first = RawFile.fields("U8", "[2]", 0, 2);
        String empty = RawFile.fields("F64", "[0]", 2, 2);

        Safetensors read = Safetensors.read(
                RawFile.of("{\"s\":" + second + ",\"f\":" + first + ",\"e\":" + empty + "}", 7, 8, 9, 0));

        assertThat(read.names()).containsExactly("s", "f", "e");
        assertThat(read.values("s")).containsExactly(9);
        assertThat(read.values("f")).containsExactly(7, 8);
        assertThat(read.values("e")).isEmpty();
    }

    @Test
    void leavesWhatFollowsAFileOfKnownLength() throws IOException {
        byte[] file = RawFile.tensor("U8", "[2]", 1, 2);
        InputStream two = new ByteArrayInputStream(Arrays.copyOf(file, file.length + 1));

        assertThat(Safetensors.read(two, file.length).values("x")).containsExactly(1, 2);
        assertThat(two.available()).isEqualTo(1);
    }

    @Test
    void cannotBeChangedFromOutside() throws IOException {
        float[] values = {1};
        Safetensors.Builder builder = Safetensors.builder().add("x", Shape.of(1), values);
        Safetensors content = builder.build();
        byte[] before = bytes(content);
        values[0] = 2;
        content.values("x")[0] = 3;
        builder.add("y", Shape.of(1), values).metadata("k", "v");

        assertThat(bytes(content)).isEqualTo(before);
        assertThatThrownBy(() -> content.names().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> content.metadata().put("k", "v")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void failuresOfTheStreamStayWhatTheyAre() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();

        assertThatThrownBy(() -> Safetensors.read(closed, -1))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("Stream closed");
    }

    @Test
    void namesWhatItHasWhenAskedForWhatItHasNot() {
        Safetensors content =
                Safetensors.builder().add("x", Shape.of(1), new float[1]).build();

        assertThatThrownBy(() -> content.values("y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights file has no tensor y; it has [x]");
        assertThatThrownBy(() -> content.shape("y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights file has no tensor y; it has [x]");
    }

    @Test
    void rejectsElementsThatDoNotFitTheShape() {
        assertRejected(Shape.of(2, 3), 5, "(2, 3)");
        assertRejected(Shape.of(Shape.UNKNOWN, 3), 6, "(?, 3)");
        assertRejected(Shape.of(65536, 65536), 0, "(65536, 65536)");
        assertRejected(Shape.of(65536, 65536, 0), 0, "(65536, 65536, 0)");
        int[] dims = new int[65];
        Arrays.fill(dims, 1);
        assertRejected(Shape.of(dims), 1, "(1" + ", 1".repeat(64) + ")");
    }

    private static void assertRejected(Shape shape, int elements, String shown) {
        assertThatThrownBy(() -> Safetensors.builder().add("x", shape, new float[elements]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor x of shape " + shown
                        + " expects as many elements as its sizes make, on at most 64 axes, got " + elements);
    }

    @Test
    void rejectsNamesThatAreTakenReservedOrNotText() {
        Safetensors.Builder builder = Safetensors.builder().add("x", Shape.of(1), new float[1]);

        for (String name : new String[] {"x", "__metadata__"}) {
            assertThatThrownBy(() -> builder.add(name, Shape.of(1), new float[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("weights file expects every tensor under a name of its own, got " + name
                            + " again; rename it");
        }
        builder.add("\ud800", Shape.of(1), new float[1]);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("JSON expects surrogates in pairs");
    }

    private static byte[] bytes(Safetensors content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.write(out);
        return out.toByteArray();
    }

    private static Safetensors copy(Safetensors content) throws IOException {
        return Safetensors.read(bytes(content));
    }

    private static Safetensors trickled(byte[] file) throws IOException {
        return Safetensors.read(RawFile.trickle(file), -1);
    }
}
