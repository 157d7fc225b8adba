package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.Layer;
import io.sparknn.nn.NetworkFiles;
import io.sparknn.nn.Sequential;
import io.sparknn.onnx.Onnx;
import io.sparknn.serve.Predictor;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was exported comes back: every layer of the catalogue, as a graph or as what it was. */
@Tag("fast")
final class OnnxImportTest {
    /** What they give for a row depends on other rows, or, of sines, on how many elements there are. */
    private static final Set<String> OTHERS =
            Set.of("Softmax: over the rows", "BatchNorm1d: of all rows", "BatchNorm1d: plain");

    @TempDir
    private Path directory;

    static Stream<LayerCase> exported() {
        return LayerCases.all()
                .filter(c -> !OTHERS.contains(c.name)
                        && !c.name.startsWith("SinusoidalPositions")
                        && !c.name.equals("Sequential: transformer"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exported")
    void givesTheSameAsBefore(LayerCase c) {
        Samples samples = new Samples();
        Layer layer = samples.trained(c.layer.get());
        String file = directory.resolve("network.onnx").toString();
        Onnx.export(layer, file, open(c.inputs));
        Layer read = Onnx.load(file);
        Tensor[] x = new Tensor[c.inputs.length];
        Shape[] shapes = new Shape[x.length];
        float[][][] rows = new float[x.length][][];
        for (int i = 0; i < x.length; i++) {
            rows[i] = samples.rows(c.inputs[i], 5, true);
            shapes[i] = equal(c.inputs[i]);
            x[i] = Samples.tensor(shapes[i], rows[i]);
        }
        Tensor expected = x.length == 1 ? layer.forward(x[0]) : layer.forward(x);
        Tensor actual = x.length == 1 ? read.forward(x[0]) : read.forward(x);
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertClose(actual.toArray(), expected.toArray());
        NetworkFiles.write(read, directory.toString());
        NetworkFiles.writeRecording(read, directory.toString(), null, open(shapes));
        assertThat(Predictor.load(directory).predictRows(rows)).isDeepEqualTo(Samples.rowsOf(actual));
        Layer again = (Layer) NetworkFiles.read(directory.toString());
        assertThat((x.length == 1 ? again.forward(x[0]) : again.forward(x)).toArray())
                .isEqualTo(actual.toArray());
    }

    /** Rows of one length, as ONNX has them. */
    private static Shape equal(Shape shape) {
        int[] dims = shape.dims();
        if (shape.isRagged()) {
            dims[1] = 4;
        }
        return Shape.of(dims);
    }

    private static void assertClose(float[] actual, float... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as("value %s is %s for %s", i, actual[i], expected[i])
                    .isLessThanOrEqualTo(1e-5f * Math.max(1, Math.abs(expected[i])));
        }
    }

    private static Shape[] open(Shape... inputs) {
        return Arrays.stream(inputs).map(shape -> shape.with(0, Shape.UNKNOWN)).toArray(Shape[]::new);
    }

    private Layer back(Layer layer, Shape input) {
        String file = directory.resolve("network.onnx").toString();
        Onnx.export(new Samples().trained(layer), file, input);
        return Onnx.load(file);
    }

    @Test
    void aChainOfLayersIsASequentialThatCanBeTrainedFurther() {
        Sequential images = new Sequential(
                new Unflatten(1, 8, 8),
                new Conv2d(1, 4, 3).setPadding(1),
                new BatchNorm2d(4),
                new Relu(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(64, 10),
                new Softmax());
        Layer read = back(images, Shape.of(-1, 64));
        assertThat(read).isInstanceOf(Sequential.class);
        assertThat(read.layers().values().stream().map(layer -> layer.getClass().getSimpleName()))
                .contains("Unflatten", "Conv2d", "BatchNorm2d", "Relu", "Flatten", "Linear", "Softmax");
        assertThat(read.parameters().values().stream().filter(p -> p.shape().equals(Shape.of(10, 64))))
                .hasSize(1);
        Layer text = back(new Sequential(new Embedding(9, 3), new Flatten(), new Linear(12, 2)), Shape.of(-1, 4));
        assertThat(text.layers().values().iterator().next()).isInstanceOf(Embedding.class);
    }

    @Test
    void anOperatorThatIsNotKnownIsNamed() throws IOException {
        back(new Sequential(new Linear(3, 2), new Relu()), Shape.of(-1, 3));
        Path file = directory.resolve("network.onnx");
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("Relu", "Ruel");
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Onnx.load(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ONNX import expects operators that spark-nn has, got Ruel;");
    }

    @Test
    void damagedFilesAreRefusedWithoutTakingMemory() throws IOException {
        back(
                new Sequential(new Conv1d(2, 3, 2), new BatchNorm1d(3), new Gelu(), new Flatten(), new Linear(12, 2)),
                Shape.of(-1, 2, 5));
        byte[] whole = Files.readAllBytes(directory.resolve("network.onnx"));
        Path file = directory.resolve("damaged.onnx");
        Random random = new Random(5);
        for (int run = 0; run < 3000; run++) {
            byte[] damaged = run % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int i = random.nextInt(4); i >= 0 && run % 3 > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            try {
                Onnx.load(file.toString()).forward(Tensor.ones(2, 2, 5));
            } catch (IllegalArgumentException | IllegalStateException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> Onnx.load(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no graph with an output; it is damaged");
    }
}
