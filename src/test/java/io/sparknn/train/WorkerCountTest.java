package io.sparknn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.BatchNorm1d;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.optim.Adam;
import io.sparknn.optim.Lbfgs;
import io.sparknn.tensor.Tensor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any number of workers trains the same network: the batches are global, and so is all that looks across their rows. */
final class WorkerCountTest {
    /** X - mean(X) over the batch, in the middle of the network. */
    static final class Centred extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            return x.sub(x.mean());
        }
    }

    /** Looks across rows in more than one way. */
    static final class Standardised extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            Tensor centred = x.sub(x.mean(0));
            return centred.div(centred.mul(centred).mean(0).add(1e-3).sqrt())
                    .add(x.max(0).mul(0.1));
        }
    }

    static Stream<Arguments> networks() {
        return Stream.of(
                // Without the bias that normalisation takes away: Adam would make steps of its rounding errors.
                network(
                        "batch normalised in the middle",
                        () -> new Sequential(
                                new Linear(12, 16, false), new BatchNorm1d(16), new Relu(), new Linear(16, 4))),
                network("plain", () -> new Sequential(new Linear(12, 16), new Relu(), new Linear(16, 4))),
                network(
                        "with dropout",
                        () -> new Sequential(new Linear(12, 16), new Relu(), new Dropout(0.3), new Linear(16, 4))),
                network(
                        "centred in the middle",
                        () -> new Sequential(new Linear(12, 16), new Centred(), new Relu(), new Linear(16, 4))),
                network(
                        "standardised in the middle",
                        () -> new Sequential(
                                new Linear(12, 16), new Standardised(), new Dropout(0.2), new Linear(16, 4))));
    }

    private static Arguments network(String name, Supplier<Layer> network) {
        return Arguments.of(name, network);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void isOneWorker(String name, Supplier<Layer> network) {
        Dataset<Row> rows = Fits.blobs(700, 12, 4, 5);
        TrainingResult one = fit(network.get(), rows, 1);
        TrainingResult two = fit(network.get(), rows, 2);
        assertThat(two.history()).hasSize(3);
        for (int epoch = 0; epoch < 3; epoch++) {
            EpochRecord expected = one.history().get(epoch);
            EpochRecord record = two.history().get(epoch);
            assertThat(record.loss()).isCloseTo(expected.loss(), org.assertj.core.data.Percentage.withPercentage(0.01));
            assertThat(record.validationLoss())
                    .isCloseTo(expected.validationLoss(), org.assertj.core.data.Percentage.withPercentage(0.01));
        }
        assertClose(Fits.weights(two.network()), Fits.weights(one.network()), 1e-4);
    }

    /** In the last batch of an epoch, of one row, a worker has none; it is waited for where the row is normalised. */
    @Test
    void runningStatisticsAreThoseOfOneWorkerAlsoWithoutRows() {
        Dataset<Row> rows = Fits.blobs(641, 12, 4, 5);
        Layer one = fit(normalised(), rows, 1).network();
        Layer two = fit(normalised(), rows, 2).network();
        assertClose(Fits.weights(two), Fits.weights(one), 1e-4);
        assertThat(one.parameter("2.num_batches_tracked").value().item()).isEqualTo(3 * 9);
        assertThat(one.buffers()).hasSize(3);
        one.buffers()
                .forEach((path, buffer) -> assertClose(
                        two.parameter(path).value().toArray(), buffer.value().toArray(), 1e-4));
    }

    @Test
    void anOptimiserOfAllRowsIsSharedWhateverSyncEverySays() {
        Dataset<Row> rows = Fits.blobs(300, 12, 4, 5);
        TrainingOptions options = TrainingOptions.of(new CrossEntropyLoss(), new Lbfgs().withMaxIterations(4), 0.5)
                .withWork(4, 64, 2)
                .withPatience(0, 0, false)
                .withSeed(11, true);
        float[][] weights = new float[2][];
        for (int i = 0; i < 2; i++) {
            Layer network = new Sequential(new Linear(12, 8), new Relu(), new Linear(8, 4)).setSeed(3);
            weights[i] = Fits.weights(Fits.fit(network, options.withSyncEvery(1 + 3 * i), rows, Fits.classes(12, 4))
                    .network());
        }
        assertThat(weights[1]).containsExactly(weights[0]);
    }

    private static Layer normalised() {
        return new Sequential(
                new Linear(12, 12, false),
                new Unflatten(3, 4),
                new BatchNorm1d(3),
                new Relu(),
                new Flatten(),
                new Linear(12, 4));
    }

    static void assertClose(float[] actual, float[] expected, double relative) {
        assertThat(distance(actual, expected)).isLessThan(relative);
    }

    /** The norm of the difference by that of what is expected. */
    static double distance(float[] actual, float[] expected) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow((double) actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / size);
    }

    static TrainingResult fit(Layer network, Dataset<Row> rows, int workers) {
        network.setSeed(3);
        TrainingOptions options = TrainingOptions.of(new CrossEntropyLoss(), new Adam(), 1e-2)
                .withWork(3, 64, workers)
                .withSeed(11, true);
        return Fits.fit(network, options, rows, Fits.columns(12, "class", 4, 1, "weight", "isValidation"));
    }
}
