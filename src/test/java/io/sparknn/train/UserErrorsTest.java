package io.sparknn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.Loss;
import io.sparknn.nn.loss.MseLoss;
import io.sparknn.optim.Sgd;
import io.sparknn.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong in user code, or in the arithmetic, reaches the user in one piece. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class UserErrorsTest {
    private static Dataset<Row> rows;

    /** A loss that fails in the third step it is asked for. */
    static final class FailingLoss extends Loss {
        private static final long serialVersionUID = 1L;

        private transient int asked;

        @Override
        public Tensor forward(Tensor output, Tensor label) {
            if (++asked == 3) {
                throw new UnsupportedOperationException("no luck in the third step");
            }
            return output.crossEntropy(label, null, 0);
        }
    }

    /** Gives one number for all rows. */
    static final class ScalarLoss extends Loss {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor output, Tensor label) {
            return output.mean();
        }
    }

    @BeforeAll
    static void makeRows() {
        rows = Fits.blobs(300, 8, 3, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatALossThrowsOnAWorkerIsTold(int workers) {
        assertThatThrownBy(() -> fit(new FailingLoss(), 1e-2, workers))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Trainer(test) failed in worker ")
                .hasMessageContaining("no luck in the third step")
                .hasMessageContaining("UserErrorsTest$FailingLoss.forward");
    }

    @Test
    void aLossThatIsNoneOfRowsIsRefused() {
        assertThatThrownBy(() -> fit(new ScalarLoss(), 1e-2, 2))
                .hasMessageContaining("ScalarLoss expects forward to return a loss for each of 32 rows, got shape ()");
    }

    @Test
    void aLossThatIsNoNumberStopsWithTheStepAndAdvice() {
        Layer network = network();
        network.parameter("0.weight").set(Tensor.full(1e30, 16, 8));
        network.parameter("2.weight").set(Tensor.full(1e30, 3, 16));
        assertThatThrownBy(() -> Fits.fit(
                        network,
                        TrainingOptions.of(new MseLoss(), new Sgd(), 1e-2).withWork(3, 64, 2),
                        Fits.blobs(100, 8, 3, 2),
                        Fits.columns(8, "label", 0, 1, null, null)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theBestEpochSurvivesADivergence() {
        TrainingOptions options = TrainingOptions.of(new CrossEntropyLoss(), new Sgd(), 0.1)
                .withSchedule(new Exploding())
                .withWork(10, 32, 2)
                .withPatience(0, 0, false);
        TrainingResult result = Fits.fit(network(), options, rows, Fits.classes(8, 3));
        assertThat(result.stopReason()).contains("is not a number any longer", "lower the learning rate", "epoch 4");
        assertThat(result.bestEpoch()).isBetween(1, 3);
        assertThat(result.history()).hasSize(3);
        for (float weight : Fits.weights(result.network())) {
            assertThat(weight).isFinite();
        }
    }

    /** A rate that ruins the weights from the fourth epoch on. */
    static final class Exploding extends io.sparknn.optim.Schedule {
        private static final long serialVersionUID = 1L;

        @Override
        public double rate(double base, int epoch, double... losses) {
            return epoch < 3 ? base : 1e30;
        }
    }

    @Test
    void aListenerThatFailsDoesNotStopTraining() {
        TrainingResult result = new Trainer(
                        "Trainer(test)", network(), options(new CrossEntropyLoss(), 1e-2, 2), epoch -> {
                            throw new IllegalStateException("listener");
                        })
                .fit(rows, Fits.classes(8, 3));
        assertThat(result.history()).hasSize(3);
    }

    private static TrainingResult fit(Loss loss, double rate, int workers) {
        return Fits.fit(network(), options(loss, rate, workers), rows, Fits.classes(8, 3));
    }

    private static TrainingOptions options(Loss loss, double rate, int workers) {
        return TrainingOptions.of(loss, new Sgd(), rate).withWork(3, 32 * workers, workers);
    }

    private static Layer network() {
        return new Sequential(new Linear(8, 16), new Relu(), new Linear(16, 3)).setSeed(2);
    }
}
