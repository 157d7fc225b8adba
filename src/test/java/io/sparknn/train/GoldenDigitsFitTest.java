package io.sparknn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.Golden;
import io.sparknn.HandwrittenDigits;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.BatchNorm2d;
import io.sparknn.nn.layers.Conv2d;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.MaxPool2d;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.optim.Adam;
import io.sparknn.optim.Optimizer;
import io.sparknn.optim.Sgd;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PyTorch's runs of three epochs on handwritten digits, through the engine; skipped where there are none. */
final class GoldenDigitsFitTest {
    private static final int ROWS = 1024;
    private static final int BATCH = 64;
    private static final int EPOCHS = 3;

    /** Not said in the files; the only usual ones with which the figures come out. */
    private static final double ADAM_RATE = 2e-3;

    private static final double SGD_RATE = 0.05;
    private static final double SGD_MOMENTUM = 0.9;

    @ParameterizedTest(name = "{0} workers")
    @ValueSource(ints = {1, 2})
    void perceptronTrainsAsInPyTorch(int workers) {
        Layer network = new Sequential(new Linear(HandwrittenDigits.WIDTH, 32), new Relu(), new Linear(32, 10));
        check("train_mlp_adam", network, new Adam(), ADAM_RATE, workers);
    }

    @ParameterizedTest(name = "{0} workers")
    @ValueSource(ints = {1, 2})
    void convolutionsTrainAsInPyTorch(int workers) {
        Layer network = new Sequential(
                new Unflatten(1, 28, 28),
                new Conv2d(1, 6, 5, 2, 0),
                new BatchNorm2d(6),
                new Relu(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(216, 10));
        check("train_cnn_sgd", network, new Sgd().withMomentum(SGD_MOMENTUM), SGD_RATE, workers);
    }

    private static void check(String name, Layer network, Optimizer optimizer, double rate, int workers) {
        Dataset<Row> digits = digits(HandwrittenDigits.first(ROWS));
        Golden golden = Golden.load(name);
        state(network)
                .forEach((path, parameter) -> parameter.set(
                        golden.tensor("start." + path).reshape(parameter.shape().dims())));
        TrainingOptions options = TrainingOptions.of(new CrossEntropyLoss(), optimizer, rate)
                .withWork(EPOCHS, BATCH, workers)
                .withPatience(0, 0, false)
                .withSeed(0, false);
        TrainingResult result = Fits.fit(network, options, digits, Fits.classes(HandwrittenDigits.WIDTH, 10));
        checkLosses(golden.tensor("losses").toArray(), result);
        Layer trained = result.network();
        state(trained).forEach((path, parameter) -> {
            // A single number is of shape (1) in the file.
            Tensor value = parameter.shape().rank() == 0 ? parameter.value().reshape(1) : parameter.value();
            golden.check("end." + path, value, 1e-3, 1e-5);
        });
        Tensor first = HandwrittenDigits.first(64).pixels();
        golden.check("logits", trained.forward(first), 1e-3, 1e-4);
    }

    private static void checkLosses(float[] losses, TrainingResult result) {
        int steps = ROWS / BATCH;
        assertThat(losses).hasSize(EPOCHS * steps);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            double mean = 0;
            for (int step = 0; step < steps; step++) {
                mean += (double) losses[epoch * steps + step] / steps;
            }
            assertThat(result.history().get(epoch).loss())
                    .as("loss of epoch %d", epoch + 1)
                    .isCloseTo(mean, within(1e-5 * mean));
        }
    }

    /** Parameters and buffers, by their names in PyTorch. */
    private static Map<String, Parameter> state(Layer network) {
        Map<String, Parameter> state = new LinkedHashMap<>(network.parameters());
        state.putAll(network.buffers());
        return state;
    }

    private static Dataset<Row> digits(HandwrittenDigits digits) {
        float[] pixels = digits.pixels().toArray();
        float[] labels = digits.labels().toArray();
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < labels.length; row++) {
            double[] values = new double[HandwrittenDigits.WIDTH];
            for (int i = 0; i < values.length; i++) {
                values[i] = pixels[row * values.length + i];
            }
            rows.add(RowFactory.create(Vectors.dense(values), Vectors.dense(0), (double) labels[row], 1.0, false));
        }
        return Fits.frame(rows, 3);
    }
}
