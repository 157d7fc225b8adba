package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.Layer;
import io.sparknn.nn.NetworkFiles;
import io.sparknn.serve.Predictor;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer of the catalogue, saved and scored without Spark, gives the bits of its forward. */
@Tag("fast")
final class ServedLayerTest {
    /** What they give for a row depends on other rows. */
    private static final Set<String> OVER_ROWS =
            Set.of("Softmax: over the rows", "BatchNorm1d: of all rows", "BatchNorm1d: plain");

    private static final int ROWS = 87; // one of each group: 64, 16, 4 and thrice 1

    @TempDir
    private Path directory;

    static Stream<LayerCase> served() {
        return LayerCases.all().filter(c -> !OVER_ROWS.contains(c.name));
    }

    static Stream<LayerCase> overRows() {
        return LayerCases.all().filter(c -> OVER_ROWS.contains(c.name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("served")
    void givesTheBitsOfForward(LayerCase c) {
        Samples samples = new Samples();
        Layer layer = samples.trained(c.layer.get());
        Predictor predictor = saved(layer, c.inputs);
        float[][][] rows = new float[c.inputs.length][][];
        Tensor[] x = new Tensor[rows.length];
        for (int i = 0; i < rows.length; i++) {
            // Inputs of one layer may have to agree in length.
            rows[i] = samples.rows(c.inputs[i], ROWS, false);
            x[i] = Samples.tensor(c.inputs[i], rows[i]);
        }
        Tensor y = x.length == 1 ? layer.forward(x[0]) : layer.forward(x);
        float[][] expected = Samples.rowsOf(y);
        assertThat(predictor.predictRows(rows)).isDeepEqualTo(expected);
        for (int row = 0; row < 6; row++) {
            int at = row;
            float[][] one = Arrays.stream(rows).map(input -> input[at]).toArray(float[][]::new);
            assertThat(predictor.predict(one)).isEqualTo(expected[row]);
        }
        assertThat(predictor.outputShape()).isEqualTo(layer.outputShape(open(c.inputs)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overRows")
    void whatLooksAtAllRowsIsRefusedWithItsReason(LayerCase c) {
        assertThatThrownBy(() -> saved(c.layer.get(), c.inputs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be recorded: ")
                .hasMessageContaining("reduces over the rows");
    }

    private Predictor saved(Layer layer, Shape... inputs) {
        NetworkFiles.write(layer, directory.toString());
        NetworkFiles.writeRecording(layer, directory.toString(), null, open(inputs));
        return Predictor.load(directory);
    }

    private static Shape[] open(Shape... inputs) {
        return Arrays.stream(inputs).map(shape -> shape.with(0, Shape.UNKNOWN)).toArray(Shape[]::new);
    }
}
