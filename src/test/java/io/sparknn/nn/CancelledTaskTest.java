package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.nn.CustomLayers.CenteredLayer;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import java.util.concurrent.TimeUnit;
import org.apache.spark.JobExecutionStatus;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of cancelled jobs over rows of a source that does not look whether it is cancelled: they give their slots back. */
final class CancelledTaskTest {
    private static final String GROUP = "to be cancelled";
    private static final long ROWS = 1L << 40;

    private final SparkContext spark = SharedSpark.session().sparkContext();

    @AfterEach
    void leaveTheGroup() {
        spark.clearJobGroup();
    }

    private static Dataset<Row> endless() {
        return SharedSpark.session()
                .range(0, ROWS, 1, 2)
                .selectExpr("array(double(id), 1D) features", "double(id % 2) label");
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "reduce", "count labels", "pack"})
    void endSoon(String work) throws Exception {
        Thread running = new Thread(
                () -> {
                    spark.setJobGroup(GROUP, work, false);
                    assertThatThrownBy(() -> run(work)).hasStackTraceContaining("cancelled");
                },
                work);
        running.start();
        waitUntil(() -> tasks() > 0 && jobs() > 0);
        Thread.sleep(500);
        spark.cancelJobGroup(GROUP);
        running.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(running.isAlive()).isFalse();
        waitUntil(() -> tasks() == 0);
    }

    private static void run(String work) {
        Dataset<Row> rows = endless();
        switch (work) {
            case "score" ->
                new Relu()
                        .setInputCol("features")
                        .setOutputCol("out")
                        .transform(rows)
                        .write()
                        .format("noop")
                        .mode("overwrite")
                        .save();
            case "reduce" ->
                new CenteredLayer().setInputCol("features").setOutputCol("out").transform(rows);
            case "count labels" -> classifier().fit(rows);
            default ->
                classifier()
                        .setNetwork(new LazySequential(new LazyLinear(2)))
                        .fit(endless().withMetadata("label", twoClasses()));
        }
    }

    private static Metadata twoClasses() {
        return NominalAttribute.defaultAttr().withName("label").withNumValues(2).toMetadata();
    }

    private static NeuralNetworkClassifier classifier() {
        return new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear()))
                .setMaxEpochs(1);
    }

    private int jobs() {
        int active = 0;
        for (int job : spark.statusTracker().getJobIdsForGroup(GROUP)) {
            SparkJobInfo info = spark.statusTracker().getJobInfo(job).getOrElse(() -> null);
            active += info != null && info.status() == JobExecutionStatus.RUNNING ? 1 : 0;
        }
        return active;
    }

    private int tasks() {
        int running = 0;
        for (SparkExecutorInfo executor : spark.statusTracker().getExecutorInfos()) {
            running += executor.numRunningTasks();
        }
        return running;
    }

    private interface Condition {
        boolean holds();
    }

    private static void waitUntil(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("within 30 seconds").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
