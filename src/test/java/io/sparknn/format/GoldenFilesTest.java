package io.sparknn.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparknn.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that were written elsewhere, read twice: by us, and by a few lines over Jackson. */
@Tag("fast")
class GoldenFilesTest {
    static List<Path> files() throws IOException, URISyntaxException {
        try (Stream<Path> all = Files.list(folder())) {
            return all.filter(path -> path.toString().endsWith(".safetensors"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    @Test
    void thereAreFiles() throws IOException, URISyntaxException {
        assertThat(files()).hasSizeGreaterThan(100);
    }

    /** A case that no test asks for would prove nothing. */
    @Test
    void everyCaseIsNamedByATest() throws IOException, URISyntaxException {
        String tests = tests();
        assertThat(files())
                .allMatch(path ->
                        tests.contains("\"" + path.getFileName().toString().replace(".safetensors", "\"")));
    }

    private static String tests() throws IOException {
        Path folder = Stream.of("..", ".")
                .map(root -> Path.of(root).resolve("src/test/java"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        StringBuilder text = new StringBuilder();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.filter(each -> each.toString().endsWith(".java")
                            && !each.endsWith(GoldenFilesTest.class.getSimpleName() + ".java"))
                    .toList()) {
                text.append(Files.readString(path));
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsNamesShapesAndEveryValue(Path path) throws IOException {
        byte[] file = Files.readAllBytes(path);
        Safetensors read = Safetensors.read(file);

        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int data = 8 + (int) bytes.getLong(0);
        JsonNode header = new ObjectMapper().readTree(file, 8, data - 8);
        JsonNode metadata = header.get("__metadata__");
        metadata.fieldNames().forEachRemaining(key -> assertThat(read.metadata())
                .containsEntry(key, metadata.get(key).textValue()));
        assertThat(read.metadata()).hasSize(metadata.size());
        assertThat(read.names()).hasSize(header.size() - 1).allMatch(header::has);
        for (String name : read.names()) {
            assertSame(read, name, header.get(name), bytes, data);
        }
    }

    private static void assertSame(Safetensors read, String name, JsonNode entry, ByteBuffer bytes, int data) {
        int[] dims = IntStream.range(0, entry.get("shape").size())
                .map(axis -> entry.get("shape").get(axis).intValue())
                .toArray();
        assertThat(read.shape(name)).isEqualTo(Shape.of(dims));
        float[] values = read.values(name);
        assertThat(values).hasSize(read.shape(name).size());
        String type = entry.get("dtype").textValue();
        int at = data + entry.get("data_offsets").get(0).intValue();
        for (int index = 0; index < values.length; index++) {
            float expected = type.equals("F32")
                    ? bytes.getFloat(at + 4 * index)
                    : type.equals("F64") ? (float) bytes.getDouble(at + 8 * index) : bytes.getLong(at + 8 * index);
            assertThat(Float.floatToRawIntBits(values[index])).isEqualTo(Float.floatToRawIntBits(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void writesWhatReadsAgainTheSame(Path path) throws IOException {
        Safetensors read = Safetensors.read(Files.readAllBytes(path));
        ByteArrayOutputStream once = new ByteArrayOutputStream();
        read.write(once);
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        Safetensors.read(RawFile.trickle(once.toByteArray()), -1).write(twice);

        assertThat(twice.toByteArray()).isEqualTo(once.toByteArray());
    }

    /** Figures decoded by NumPy. */
    @ParameterizedTest
    @CsvSource({
        "train_mlp_adam, losses, 0, 4012dbf7",
        "train_mlp_adam, losses, 47, 3f16e5e7",
        "train_mlp_adam, start.0.weight, 12345, bb264c37",
        "loss_mse, output, 0, 4016bf73",
        "conv3d, output, 7, 3d919808",
        "schedule_cosine, rates, 3, 3dc9f938",
        "embedding, input, 2, 40c00000",
        "batchnorm1d_rank2_train, buffer_after.num_batches_tracked, 0, 3f800000"
    })
    void readsTheFiguresOfNumPy(String file, String tensor, int index, String bits) throws Exception {
        Safetensors read = Safetensors.read(Files.readAllBytes(folder().resolve(file + ".safetensors")));

        assertThat(Integer.toHexString(Float.floatToRawIntBits(read.values(tensor)[index])))
                .isEqualTo(bits);
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(GoldenFilesTest.class.getResource("/golden").toURI());
    }
}
