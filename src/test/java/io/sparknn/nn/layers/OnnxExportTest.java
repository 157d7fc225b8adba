package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.onnx.Onnx;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer of the catalogue as ONNX gives in another runtime what it gives here, for any number of rows. */
@Tag("fast")
final class OnnxExportTest {
    /** What they give for a row depends on other rows. */
    private static final Set<String> OVER_ROWS =
            Set.of("Softmax: over the rows", "BatchNorm1d: of all rows", "BatchNorm1d: plain");

    @TempDir
    private Path directory;

    static Stream<LayerCase> exported() {
        return LayerCases.all().filter(c -> !OVER_ROWS.contains(c.name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exported")
    void anotherRuntimeGivesTheSame(LayerCase c) throws OrtException {
        Samples samples = new Samples();
        Layer layer = samples.trained(c.layer.get());
        String file = directory.resolve("network.onnx").toString();
        Onnx.export(layer, file, open(c.inputs));
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file)) {
            for (int rows : new int[] {9, 1, 4}) {
                Tensor[] x = new Tensor[c.inputs.length];
                float[][][] values = new float[x.length][][];
                for (int i = 0; i < x.length; i++) {
                    values[i] = samples.rows(c.inputs[i], rows, true);
                    x[i] = Samples.tensor(c.inputs[i], values[i]);
                }
                Tensor y = x.length == 1 ? layer.forward(x[0]) : layer.forward(x);
                assertClose(run(session, c.inputs, values), y.toArray());
            }
        }
    }

    private static void assertClose(float[] actual, float... expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            float tolerance = 1e-5f * Math.max(1, Math.abs(expected[i]));
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as("value %s is %s for %s", i, actual[i], expected[i])
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    static float[] run(OrtSession session, Shape[] shapes, float[][]... inputs) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> tensors = new HashMap<>();
        int next = 0;
        for (String name : session.getInputNames()) {
            Shape shape = shapes[next];
            float[][] rows = inputs[next++];
            long[] dims = Arrays.stream(shape.dims()).asLongStream().toArray();
            dims[0] = rows.length;
            if (shape.isRagged()) {
                dims[1] = rows[0].length / shape.dropFirst(2).size();
            }
            float[] all = new float[rows.length * rows[0].length];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(rows[i], 0, all, i * rows[i].length, rows[i].length);
            }
            boolean ids = session.getInputInfo().get(name).getInfo().toString().contains("INT64");
            tensors.put(
                    name,
                    ids
                            ? longs(environment, all, dims)
                            : OnnxTensor.createTensor(environment, FloatBuffer.wrap(all), dims));
        }
        try (OrtSession.Result result = session.run(tensors)) {
            OnnxTensor y = (OnnxTensor) result.get(0);
            float[] values = new float[y.getFloatBuffer().remaining()];
            y.getFloatBuffer().get(values);
            return values;
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor longs(OrtEnvironment environment, float[] values, long... dims) throws OrtException {
        long[] longs = new long[values.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (long) values[i];
        }
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(longs), dims);
    }

    private static Shape[] open(Shape... inputs) {
        return Arrays.stream(inputs).map(shape -> shape.with(0, Shape.UNKNOWN)).toArray(Shape[]::new);
    }

    @Test
    void namesAndShapesAreThoseOfTheNetwork() throws OrtException {
        String file = directory.resolve("network.onnx").toString();
        Onnx.export(new Sequential(new Embedding(7, 3), new Gru(3, 4), new Linear(4, 2)), file);
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file)) {
            TensorInfo input = (TensorInfo) session.getInputInfo().get("input").getInfo();
            assertThat(input.getShape()).containsExactly(-1, -1);
            assertThat(input.getDimensionNames()).containsExactly("batch", "length0");
            TensorInfo output =
                    (TensorInfo) session.getOutputInfo().get("output").getInfo();
            assertThat(output.getShape()).containsExactly(-1, 2);
        }
    }

    @Test
    void whatLooksAtAllRowsIsRefused() {
        String file = directory.resolve("network.onnx").toString();
        assertThatThrownBy(() -> Onnx.export(new Sequential(new Linear(3, 2), new Softmax(0)), file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be recorded: in Softmax, forward reduces over the rows");
    }
}
