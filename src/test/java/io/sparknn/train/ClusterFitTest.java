package io.sparknn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.optim.Adam;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Training on executors in JVMs of their own: the same network as in this JVM, also when one of them is killed. */
@Tag("cluster")
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class ClusterFitTest {
    private SparkSession cluster;

    /** Takes its time in training, so that an executor can be killed in the middle of an epoch. */
    static final class Slow extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            if (training()) {
                pause(20);
            }
            return x;
        }
    }

    /**
     * X - mean(X) over the batch. Not by column: a bias before it had no gradient then but rounding, and Adam, which looks
     * at no sizes, would walk with that at random.
     */
    static final class Centred extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            return x.sub(x.mean());
        }
    }

    /** Notes when the executors of a fresh session were there, and when its first job began. */
    public static final class Clock extends SparkListener {
        private static volatile long lastExecutor;
        private static volatile long firstJob;

        @Override
        public void onExecutorAdded(SparkListenerExecutorAdded executor) {
            lastExecutor = firstJob == 0 ? executor.time() : lastExecutor;
        }

        @Override
        public void onJobStart(SparkListenerJobStart job) {
            firstJob = firstJob == 0 ? job.time() : firstJob;
        }
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.stop();
        }
    }

    @Test
    void twoExecutorsTrainWhatOneWorkerTrains() {
        TrainingResult local = fit(centred(), 3, 1, epoch -> {});
        Clock.firstJob = 0;
        start(Map.of("spark.extraListeners", Clock.class.getName()));
        TrainingResult two = fit(centred(), 3, 2, epoch -> {});
        // Spark looks for slots again after 15 seconds only.
        assertThat(Clock.firstJob - Clock.lastExecutor).isBetween(0L, 10_000L);
        WorkerCountTest.assertClose(Fits.weights(two.network()), Fits.weights(local.network()), 1e-4);
    }

    @Test
    void anExecutorKilledInTheMiddleOfAnEpochChangesNothing() {
        start(Map.of());
        TrainingResult whole = fit(slow(), 8, 2, epoch -> {});
        List<Long> pids = executors();
        List<Integer> epochs = new ArrayList<>();
        TrainingResult killed = fit(slow(), 8, 2, record -> {
            epochs.add(record.epoch());
            if (record.epoch() == 3) {
                Thread killer = new Thread(
                        () -> {
                            pause(100);
                            ProcessHandle.of(pids.get(0)).ifPresent(ProcessHandle::destroyForcibly);
                        },
                        "killer");
                killer.start();
            }
        });
        assertThat(executors()).doesNotContain(pids.get(0));
        assertThat(epochs).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(Fits.weights(killed.network())).containsExactly(Fits.weights(whole.network()));
    }

    @Test
    void aClusterThatGrowsOnDemandTrains() {
        TrainingResult local = fit(centred(), 3, 1, epoch -> {});
        start(Map.of(
                "spark.dynamicAllocation.enabled", "true",
                "spark.dynamicAllocation.shuffleTracking.enabled", "true",
                "spark.dynamicAllocation.minExecutors", "0",
                "spark.dynamicAllocation.initialExecutors", "0",
                "spark.dynamicAllocation.maxExecutors", "2"));
        TrainingResult two = fit(centred(), 3, 2, epoch -> {});
        WorkerCountTest.assertClose(Fits.weights(two.network()), Fits.weights(local.network()), 1e-4);
    }

    @Test
    void authenticatedAndEncryptedExecutorsTrain() {
        start(Map.of(
                "spark.authenticate", "true",
                "spark.authenticate.secret", "not known to others",
                "spark.network.crypto.enabled", "true"));
        assertThat(fit(centred(), 2, 2, epoch -> {}).history()).hasSize(2);
    }

    private void start(Map<String, String> settings) {
        SharedSpark.session().stop();
        SparkSession.Builder builder = SparkSession.builder()
                .master("local-cluster[2,1,1024]")
                .appName("spark-nn training tests")
                .config("spark.executor.memory", "600m")
                .config(
                        "spark.executor.extraClassPath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2");
        settings.forEach(builder::config);
        cluster = builder.getOrCreate();
    }

    private static TrainingResult fit(Layer network, int epochs, int workers, TrainingListener listener) {
        Dataset<Row> rows = Fits.blobs(500, 8, 3, 4);
        TrainingOptions options = TrainingOptions.of(new CrossEntropyLoss(), new Adam(), 1e-2)
                .withWork(epochs, 32, workers)
                .withPatience(0, 0, false)
                .withSeed(5, true);
        return new Trainer("Trainer(test)", network, options, listener)
                .fit(rows, Fits.columns(8, "class", 3, 1, "weight", "isValidation"));
    }

    private static Layer centred() {
        return new Sequential(new Linear(8, 16), new Centred(), new Relu(), new Dropout(0.2), new Linear(16, 3))
                .setSeed(2);
    }

    private static Layer slow() {
        return new Sequential(new Linear(8, 16), new Relu(), new Slow(), new Linear(16, 3)).setSeed(2);
    }

    /** Process numbers of the executors. */
    private List<Long> executors() {
        return JavaSparkContext.fromSparkContext(cluster.sparkContext())
                .parallelize(List.of(1, 2, 3, 4), 4)
                .map(i -> {
                    pause(200);
                    return ProcessHandle.current().pid();
                })
                .distinct()
                .collect();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
