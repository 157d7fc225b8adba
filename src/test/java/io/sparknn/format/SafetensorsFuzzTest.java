package io.sparknn.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sparknn.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/** Whatever the bytes: a file that can be written and read again, or a FormatException, soon and in little memory. */
@Tag("fast")
class SafetensorsFuzzTest {
    private static final long MOST_SECONDS = 5;
    private static final long MOST_BYTES = 4_000_000;

    @Property
    void anyBytesAreReadOrRefused(@ForAll byte[] file) throws IOException {
        readOrRefused(file);
    }

    @Property
    void anyBytesAfterAPlausibleLengthAreReadOrRefused(@ForAll byte[] rest, @ForAll byte length) throws IOException {
        readOrRefused(RawFile.of(length, new byte[0], rest));
    }

    @Property
    void damagedFilesAreReadOrRefused(@ForAll("damaged") byte[] file) throws IOException {
        readOrRefused(file);
    }

    @Property
    void randomHeadersAreReadOrRefused(@ForAll("headers") String header, @ForAll("data") byte[] data)
            throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        readOrRefused(RawFile.of(json.length, json, data));
    }

    @Property
    void nearlyRightLayoutsAreReadOrRefused(@ForAll("layouts") byte[] file) throws IOException {
        readOrRefused(file);
    }

    @Property
    void whatIsWrittenIsReadEqual(@ForAll("contents") Safetensors content) throws IOException {
        byte[] file = bytes(content);

        assertThat(bytes(Safetensors.read(file))).isEqualTo(file);
        assertThat(bytes(Safetensors.read(RawFile.trickle(file), -1))).isEqualTo(file);
    }

    private static void readOrRefused(byte[] file) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        byte[] known = again(() -> Safetensors.read(file));
        byte[] unknown = again(() -> {
            try (InputStream in = RawFile.trickle(file)) {
                return Safetensors.read(in, -1);
            }
        });

        assertThat(unknown).isEqualTo(known);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(MOST_SECONDS));
        assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MOST_BYTES);
    }

    /** What was read, written again; null if it was refused. */
    private static byte[] again(Reading reading) throws IOException {
        Safetensors read;
        try {
            read = reading.run();
        } catch (FormatException refused) {
            assertThat(refused).message().isNotEmpty().hasSizeLessThan(2000);
            return null;
        }
        for (String name : read.names()) {
            assertThat(read.values(name)).hasSize(read.shape(name).size());
        }
        byte[] file = bytes(read);
        assertThat(bytes(Safetensors.read(file))).isEqualTo(file);
        return file;
    }

    private static byte[] bytes(Safetensors content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.write(out);
        return out.toByteArray();
    }

    @FunctionalInterface
    private interface Reading {
        Safetensors run() throws IOException;
    }

    @Provide
    Arbitrary<Safetensors> contents() {
        Arbitrary<Shape> shapes = Arbitraries.integers()
                .between(0, 4)
                .array(int[].class)
                .ofMaxSize(4)
                .map(Shape::of);
        Arbitrary<int[]> bits = Arbitraries.integers().array(int[].class).ofSize(3);
        return Combinators.combine(
                        shapes.list().ofMaxSize(4),
                        bits,
                        Arbitraries.strings().ascii().ofMaxLength(5))
                .as(SafetensorsFuzzTest::content);
    }

    private static Safetensors content(List<Shape> shapes, int[] bits, String text) {
        Safetensors.Builder builder = Safetensors.builder();
        if (!text.isEmpty()) {
            builder.metadata(text, text);
        }
        for (int index = 0; index < shapes.size(); index++) {
            float[] values = new float[shapes.get(index).size()];
            for (int at = 0; at < values.length; at++) {
                values[at] = Float.intBitsToFloat(bits[at % bits.length] + at);
            }
            builder.add(index + text, shapes.get(index), values);
        }
        return builder.build();
    }

    /** Good files after up to four accidents; in half of them the header's length is set right afterwards. */
    @Provide
    Arbitrary<byte[]> damaged() {
        Arbitrary<byte[]> good = contents().map(content -> {
            try {
                return bytes(content);
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
        });
        Arbitrary<int[]> accident =
                Arbitraries.integers().greaterOrEqual(0).array(int[].class).ofSize(4);
        return Combinators.combine(good, accident.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of(true, false))
                .as((file, accidents, mended) -> {
                    byte[] damaged = file;
                    for (int[] numbers : accidents) {
                        damaged = DamagedFile.damage(damaged, numbers);
                    }
                    return mended ? DamagedFile.mended(damaged) : damaged;
                });
    }

    @Provide
    Arbitrary<byte[]> data() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
    }

    @Provide
    Arbitrary<String> headers() {
        Arbitrary<String> entry = Combinators.combine(field(types()), field(lists()), field(lists()))
                .as((type, shape, offsets) ->
                        "{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}");
        Arbitrary<String> value = Arbitraries.frequencyOf(Tuple.of(8, entry), Tuple.of(1, anything()));
        Arbitrary<String> key =
                Arbitraries.of("\"a\":", "\"b\":", "\"c\":", "\"d\":", "\"e\":", "\"f\":", "\"__metadata__\":");
        return Combinators.combine(key, value)
                .as(String::concat)
                .list()
                .ofMaxSize(4)
                .map(entries -> "{" + String.join(",", entries) + "}")
                .withoutEdgeCases();
    }

    private static Arbitrary<String> field(Arbitrary<String> usual) {
        return Arbitraries.frequencyOf(Tuple.of(9, usual), Tuple.of(1, anything()));
    }

    private static Arbitrary<String> types() {
        return Arbitraries.of(
                "\"F32\"",
                "\"F64\"",
                "\"F16\"",
                "\"BF16\"",
                "\"I8\"",
                "\"U8\"",
                "\"I16\"",
                "\"I32\"",
                "\"I64\"",
                "\"BOOL\"",
                "\"F8_E4M3\"",
                "\"\"");
    }

    private static Arbitrary<String> lists() {
        Arbitrary<String> edges = Arbitraries.of(
                "-1",
                "65536",
                "2147483647",
                "2147483648",
                "4294967296",
                "4611686018427387904",
                "9223372036854775807",
                "9223372036854775808",
                "1e3",
                "0.5");
        return Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.of("0", "1", "2", "4", "8")), Tuple.of(1, edges))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(numbers -> "[" + String.join(",", numbers) + "]");
    }

    private static Arbitrary<String> anything() {
        return Arbitraries.of(
                "null", "true", "0", "-1", "\"\"", "[]", "{}", "{\"a\":\"b\"}", "{\"a\":1}", "[[]]", "", "}");
    }

    /** Files that are nearly right, so that their layout and values are what decides. */
    @Provide
    Arbitrary<byte[]> layouts() {
        Arbitrary<ElementType> type = Arbitraries.of(ElementType.class);
        Arbitrary<Integer> slip =
                Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.just(0)), Tuple.of(1, Arbitraries.of(-1, 1)));
        Arbitrary<Byte> value = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of((byte) 0, (byte) 1)), Tuple.of(1, Arbitraries.bytes()));
        return Combinators.combine(
                        type.list().ofMaxSize(4),
                        slip.list().ofSize(9),
                        value.list().ofSize(100))
                .as(SafetensorsFuzzTest::layout)
                .withoutEdgeCases();
    }

    private static byte[] layout(List<ElementType> types, List<Integer> slips, List<Byte> values) {
        List<String> entries = new ArrayList<>();
        int size = values.get(0) & 3;
        int end = 0;
        for (int index = 0; index < types.size(); index++) {
            ElementType type = types.get(index);
            int begin = end + slips.get(index);
            end = begin + size * type.bytes() + slips.get(types.size() + index);
            entries.add("\"" + index + "\":" + RawFile.fields(type.name(), "[" + size + "]", begin, end));
        }
        byte[] data = new byte[Math.max(0, end + slips.get(8))];
        for (int index = 0; index < data.length; index++) {
            data[index] = values.get(index % values.size());
        }
        byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
        return RawFile.of(header.length, header, data);
    }
}
