package io.sparknn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.ml.NeuralNetworkClassificationModel;
import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.ml.NeuralNetworkRegressionModel;
import io.sparknn.ml.NeuralNetworkRegressor;
import io.sparknn.nn.ChildJvm;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Tanh;
import io.sparknn.train.EpochRecord;
import io.sparknn.train.TrainingListener;
import io.sparknn.train.TrainingStart;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Once through everything that users do, by what they see; every Spark that the jar claims to run on passes it. */
@Tag("smoke")
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class SmokeTest {
    @TempDir
    private Path directory;

    private SparkSession cluster;

    @AfterEach
    void stopTheCluster() {
        if (cluster != null) {
            cluster.stop();
        }
    }

    private static Dataset<Row> rows(SparkSession spark) {
        return spark.range(0, 400, 1, 4)
                .selectExpr(
                        "id",
                        "transform(sequence(1, 6), i -> sin(id * i)) as features",
                        "cast(sin(id) > 0 as double) as label",
                        "sin(id) - 2 * sin(2 * id) as number");
    }

    private static NeuralNetworkClassifier classifier() {
        return new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear()))
                .setLearningRate(0.02)
                .setMaxEpochs(6)
                .setBatchSize(64)
                .setSeed(3);
    }

    @Test
    void lazyLayersInAPipelineAreFittedScoredSavedAndLoaded() throws Exception {
        Dataset<Row> rows = rows(SharedSpark.session());
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new LazySequential(new LazyLinear(16), new Tanh())
                    .setSeed(5)
                    .setInputCol("features")
                    .setOutputCol("hidden"),
            new LogisticRegression().setFeaturesCol("hidden")
        });
        pipeline.save(at("pipeline"));
        PipelineModel model = Pipeline.load(at("pipeline")).fit(rows);
        assertThat(accuracy(model.transform(rows))).isGreaterThan(0.9);
        model.save(at("model"));
        assertThat(PipelineModel.load(at("model")).transform(rows).collectAsList())
                .isEqualTo(model.transform(rows).collectAsList());
    }

    @Test
    void aTrainedModelScoresSavesAndLoads() throws Exception {
        Dataset<Row> rows = rows(SharedSpark.session());
        classifier().save(at("estimator"));
        NeuralNetworkClassificationModel model =
                NeuralNetworkClassifier.load(at("estimator")).fit(rows);
        assertThat(accuracy(model.transform(rows))).isGreaterThan(0.9);
        model.save(at("model"));
        assertThat(NeuralNetworkClassificationModel.load(at("model"))
                        .transform(rows)
                        .collectAsList())
                .isEqualTo(model.transform(rows).collectAsList());
        NeuralNetworkRegressionModel regression = new NeuralNetworkRegressor()
                .setNetwork(new LazySequential(new LazyLinear(16), new Tanh(), new LazyLinear()))
                .setLabelCol("number")
                .setLearningRate(0.02)
                .setMaxEpochs(15)
                .setBatchSize(32)
                .setSeed(3)
                .fit(rows);
        assertThat(new RegressionEvaluator()
                        .setLabelCol("number")
                        .setMetricName("r2")
                        .evaluate(regression.transform(rows)))
                .isGreaterThan(0.9);
    }

    @Test
    void twoExecutorsTrainWhatOneWorkerTrains() throws Exception {
        double[] local = trained(SharedSpark.session(), 1, at("local"));
        SharedSpark.session().stop();
        cluster = SparkSession.builder()
                .master("local-cluster[2,1,1024]")
                .appName("spark-nn smoke tests")
                .config("spark.executor.memory", "600m")
                .config("spark.executor.extraClassPath", ChildJvm.classPath())
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
        assertThat(trained(cluster, 2, at("cluster"))).containsExactly(local, within(1e-3));
    }

    /** Trains a Pipeline, and gives the probabilities of what was saved and loaded. */
    private static double[] trained(SparkSession spark, int workers, String path) throws Exception {
        Dataset<Row> rows = rows(spark).cache();
        AtomicInteger started = new AtomicInteger();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void fitStarted(TrainingStart start) {
                started.set(start.workers());
            }

            @Override
            public void epochEnded(EpochRecord epoch) {
                assertThat(epoch.loss()).isFinite();
            }
        };
        PipelineModel model = new Pipeline()
                .setStages(
                        new PipelineStage[] {classifier().setNumWorkers(workers).setListener(listener)})
                .fit(rows);
        assertThat(started).hasValue(workers);
        model.save(path);
        NeuralNetworkClassificationModel loaded =
                (NeuralNetworkClassificationModel) PipelineModel.load(path).stages()[0];
        List<Row> scored =
                loaded.transform(rows).orderBy("id").select("probability").collectAsList();
        return scored.stream()
                .mapToDouble(row -> ((Vector) row.get(0)).apply(1))
                .toArray();
    }

    private static double accuracy(Dataset<Row> scored) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(scored);
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }
}
