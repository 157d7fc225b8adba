package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.CustomLayers.Failing;
import io.sparknn.nn.CustomLayers.LazyMyLinear;
import io.sparknn.nn.CustomLayers.MyLinear;
import io.sparknn.nn.CustomLayers.Standardise;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executors in JVMs of their own: what travels there arrives, by either serialiser. */
@Tag("cluster")
@Tag("smoke")
final class ClusterTest {
    private static float[] local;

    @TempDir
    Path directory;

    @BeforeAll
    static void scoreInThisJvm(@TempDir Path directory) throws Exception {
        local = score(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JavaSerializer", "KryoSerializer"})
    void aPipelineIsFittedSavedAndScoredOnTwoExecutors(String serializer) throws Exception {
        SharedSpark.session().stop();
        // The tests' frames are made by whichever session there is.
        SparkSession cluster = SparkSession.builder()
                .master("local-cluster[2,1,1024]")
                .appName("spark-nn cluster tests")
                .config("spark.executor.memory", "600m")
                .config("spark.executor.extraClassPath", classPath())
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.serializer", "org.apache.spark.serializer." + serializer)
                .config("spark.task.maxFailures", "1")
                .getOrCreate();
        try {
            assertThat(jvms(cluster))
                    .hasSize(2)
                    .doesNotContain(ProcessHandle.current().pid());
            assertThat(score(directory)).containsExactly(local);
            assertThatThrownBy(() -> new Failing("throws")
                            .setInputCol("features")
                            .transform(Frames.random(50, 6, 2))
                            .collectAsList())
                    .isInstanceOf(SparkException.class)
                    .hasMessageContaining("failed in forward on rows 0 to 49 of partition 0")
                    .hasMessageContaining("no luck today");
        } finally {
            cluster.stop();
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static List<Long> jvms(SparkSession cluster) {
        return JavaSparkContext.fromSparkContext(cluster.sparkContext())
                .parallelize(List.of(1, 2, 3, 4, 5, 6, 7, 8), 8)
                .map(i -> {
                    Thread.sleep(200);
                    return ProcessHandle.current().pid();
                })
                .distinct()
                .collect();
    }

    /** Fits, saves and loads both pipelines, and scores with what was loaded. */
    private static float[] score(Path directory) throws Exception {
        Dataset<Row> frame = Frames.random(900, 6, 5);
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new LazySequential(new LazyMyLinear(8), new Standardise(), new LazyLinear(3))
                    .setSeed(9)
                    .setInputCol("features")
                    .setOutputCol("hidden"),
            new Sequential(new Relu(), new MyLinear(3, 2))
                    .setSeed(4)
                    .setInputCol("hidden")
                    .setOutputCol("out")
        });
        pipeline.save(directory.resolve("pipeline").toString());
        PipelineModel model =
                Pipeline.load(directory.resolve("pipeline").toString()).fit(frame);
        model.save(directory.resolve("model").toString());
        Dataset<Row> scored =
                PipelineModel.load(directory.resolve("model").toString()).transform(frame);
        return Frames.values(scored.orderBy("id"), "out");
    }
}
