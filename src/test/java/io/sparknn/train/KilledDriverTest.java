package io.sparknn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.ChildJvm;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.optim.Adam;
import io.sparknn.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A driver that is killed leaves a checkpoint, from which the same fit goes on to the same bits. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class KilledDriverTest {
    private static final int EPOCHS = 12;

    /** Takes its time in training, so that the driver can be killed in the middle. */
    static final class Slow extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            if (training()) {
                pause(10);
            }
            return x;
        }
    }

    /** Fits until it is killed. */
    public static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            fit(options().withCheckpoints(arguments[0], 1), epoch -> {});
        }
    }

    @Test
    void leavesACheckpointToGoOnFrom(@TempDir Path directory) throws Exception {
        Process child = ChildJvm.of(Main.class, directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (Fits.checkpoints(directory).size() < 2) {
            assertThat(child.isAlive()).isTrue();
            pause(20);
        }
        child.destroyForcibly().waitFor();
        assertThat(Fits.checkpoints(directory)).isNotEmpty();

        List<Integer> told = new ArrayList<>();
        TrainingResult resumed = fit(options().withCheckpoints(directory.toString(), 1), e -> told.add(e.epoch()));
        TrainingResult whole = fit(options(), epoch -> {});
        assertThat(told).doesNotContain(1).last().isEqualTo(EPOCHS);
        assertThat(Fits.weights(resumed.network())).containsExactly(Fits.weights(whole.network()));
    }

    private static TrainingResult fit(TrainingOptions options, TrainingListener listener) {
        Layer network = new Sequential(new Linear(8, 16), new Slow(), new Relu(), new Linear(16, 3)).setSeed(2);
        return new Trainer("Trainer(test)", network, options, listener)
                .fit(Fits.blobs(400, 8, 3, 4), Fits.classes(8, 3));
    }

    private static TrainingOptions options() {
        return TrainingOptions.of(new CrossEntropyLoss(), new Adam(), 1e-3)
                .withWork(EPOCHS, 32, 2)
                .withPatience(0, 0, false)
                .withSeed(5, true);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
