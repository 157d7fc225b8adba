package io.sparknn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Tanh;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.optim.Adam;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fits that are stopped: nothing hangs, nothing stays behind, and what was done can be gone on from. */
final class StopTest {
    private static Dataset<Row> rows;

    @BeforeAll
    static void makeRows() {
        rows = Fits.blobs(600, 8, 3, 4);
    }

    @Test
    void aCancelledFitGoesOnFromItsCheckpointToTheSameBits(@TempDir Path directory) throws Exception {
        TrainingOptions options = options(8, 2).withCheckpoints(directory.toString(), 1);
        TrainingResult whole = Fits.fit(network(), options(8, 2), rows, Fits.classes(8, 3));

        Throwable stopped = cancelAfter(3, options);
        assertThat(stopped).hasMessageContaining("cancelled");
        assertThat(Fits.checkpoints(directory)).isNotEmpty();

        List<Integer> told = new ArrayList<>();
        TrainingResult resumed = new Trainer("Trainer(test)", network(), options, e -> told.add(e.epoch()))
                .fit(rows, Fits.classes(8, 3));
        assertThat(told).isNotEmpty().doesNotContain(1).last().isEqualTo(8);
        assertThat(Fits.weights(resumed.network())).containsExactly(Fits.weights(whole.network()));
        assertThat(resumed.history()).hasSize(8);
        assertThat(directory).isEmptyDirectory();
    }

    /** Another network, other settings, other labels: each is another fit, whatever lies in the directory. */
    @Test
    void theCheckpointOfAnotherFitIsLeftAlone(@TempDir Path directory) throws Exception {
        TrainingOptions options = options(8, 1).withCheckpoints(directory.toString(), 1);
        cancelAfter(4, options);
        List<Path> before = Fits.checkpoints(directory);
        assertThat(before).isNotEmpty();
        Layer wider = new Sequential(new Linear(8, 5), new Relu(), new Linear(5, 3));
        Layer bounded = new Sequential(new Linear(8, 16), new Tanh(), new Linear(16, 3)).setSeed(2);
        TrainingOptions slower = TrainingOptions.of(new CrossEntropyLoss(), new Adam(), 1e-9)
                .withWork(8, 32, 1)
                .withPatience(0, 0, false)
                .withSeed(5, true)
                .withCheckpoints(directory.toString(), 1);
        Dataset<Row> others = rows.withColumn("class", functions.expr("double(pmod(class + 1, 3))"));
        assertThat(firstEpoch(wider, options, rows)).isEqualTo(1);
        assertThat(firstEpoch(bounded, options, rows)).isEqualTo(1);
        assertThat(firstEpoch(network(), slower, rows)).isEqualTo(1);
        assertThat(firstEpoch(network(), options, others)).isEqualTo(1);
        assertThat(firstEpoch(network(), options(1, 1).withCheckpoints(directory.toString(), 1), rows))
                .as("a state of more epochs than are wanted")
                .isEqualTo(1);
        cancelAfter(4, options);
        assertThat(firstEpoch(network(), options, rows.repartition(3))).isGreaterThan(1);
        assertThat(directory).isEmptyDirectory();
    }

    private static int firstEpoch(Layer network, TrainingOptions options, Dataset<Row> data) {
        List<Integer> told = new ArrayList<>();
        new Trainer("Trainer(test)", network, options, e -> told.add(e.epoch())).fit(data, Fits.classes(8, 3));
        return told.get(0);
    }

    @Test
    void fitsAtOnceMayShareACheckpointDirectory(@TempDir Path directory) throws Exception {
        List<CompletableFuture<TrainingResult>> fits = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TrainingOptions options = TrainingOptions.of(new CrossEntropyLoss(), new Adam(), 1e-3 * (i + 1))
                    .withWork(6, 32, 1)
                    .withSeed(5, true);
            fits.add(CompletableFuture.supplyAsync(() ->
                    Fits.fit(network(), options.withCheckpoints(directory.toString(), 1), rows, Fits.classes(8, 3))));
        }
        for (CompletableFuture<TrainingResult> fit : fits) {
            assertThat(fit.get(120, TimeUnit.SECONDS).history()).hasSize(6);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void nothingStaysBehind() throws Exception {
        SparkContext context = SharedSpark.session().sparkContext();
        Fits.fit(network(), options(2, 2), rows, Fits.classes(8, 3));
        cancelAfter(2, options(1000, 2));
        Set<String> threads = threads();
        int blocks = context.getPersistentRDDs().size();
        for (int i = 0; i < 3; i++) {
            cancelAfter(2, options(1000, 2));
            Fits.fit(network(), options(2, 2), rows, Fits.classes(8, 3));
        }
        assertThat(context.getPersistentRDDs().size()).isEqualTo(blocks);
        assertThat(threads()).isSubsetOf(threads);
        File temporary = new File(System.getProperty("java.io.tmpdir"));
        assertThat(temporary).isDirectory();
    }

    @Test
    void twoFitsAtOnceBothEnd() throws Exception {
        AtomicReference<TrainingResult> other = new AtomicReference<>();
        Thread beside =
                new Thread(() -> other.set(Fits.fit(network(), options(6, 2), rows, Fits.classes(8, 3))), "second fit");
        beside.start();
        TrainingResult first = Fits.fit(network(), options(6, 2), rows, Fits.classes(8, 3));
        beside.join(60_000);
        assertThat(other.get()).isNotNull();
        assertThat(Fits.weights(other.get().network())).containsExactly(Fits.weights(first.network()));
    }

    private static Layer network() {
        return new Sequential(new Linear(8, 16), new Relu(), new Linear(16, 3)).setSeed(2);
    }

    private static TrainingOptions options(int epochs, int workers) {
        return TrainingOptions.of(new CrossEntropyLoss(), new Adam(), 1e-3)
                .withWork(epochs, 32, workers)
                .withPatience(0, 0, false)
                .withSeed(5, true);
    }

    /** Fits until the given epoch was told, then cancels; returns what the fit threw. */
    private static Throwable cancelAfter(int epoch, TrainingOptions options) throws InterruptedException {
        SparkContext context = SharedSpark.session().sparkContext();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        TrainingListener listener = record -> {
            if (record.epoch() == epoch) {
                context.cancelJobGroup("test fit");
                // so that the job is killed while it waits for the answer, and not after its last epoch
                sleep(300);
            }
        };
        Thread thread = new Thread(
                () -> {
                    context.setJobGroup("test fit", "a fit that is cancelled", false);
                    try {
                        new Trainer("Trainer(test)", network(), options, listener).fit(rows, Fits.classes(8, 3));
                    } catch (Throwable e) {
                        thrown.set(e);
                    }
                },
                "cancelled fit");
        thread.start();
        thread.join(60_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(thrown.get()).isNotNull();
        return thrown.get();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Names of live threads, without their numbers. */
    private static Set<String> threads() {
        sleep(500);
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().replaceAll("\\d+", "#"))
                .collect(Collectors.toSet());
    }
}
