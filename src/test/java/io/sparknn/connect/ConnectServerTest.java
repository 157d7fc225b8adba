package io.sparknn.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.SharedSpark;
import io.sparknn.ml.NeuralNetworkClassificationModel;
import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.connect.proto.MlParams;
import org.apache.spark.connect.proto.ObjectRef;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

/** A server of Spark Connect trains and scores for clients that have neither this library nor a JVM. */
@Tag("smoke")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ConnectServerTest {
    private static final String CLASSIFIER = NeuralNetworkClassifier.class.getName();
    private static final String QUERY =
            "select id, array(sin(id), cos(id)) features, double(sin(id) > 0) label" + " from range(0, 200, 1, 2)";

    private static SparkSession spark;
    private static ConnectClient client;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServer() {
        SharedSpark.session().stop();
        spark = SparkSession.builder()
                .master("local[2]")
                .appName("spark-nn connect tests")
                .config("spark.ui.enabled", "false")
                .config("spark.connect.grpc.binding.address", "127.0.0.1")
                .config("spark.connect.grpc.binding.port", "0")
                .getOrCreate();
        SparkConnectService$.MODULE$.start(spark.sparkContext());
        client = new ConnectClient(SparkConnectService$.MODULE$.localPort());
    }

    @AfterAll
    static void stopServer() {
        client.close();
        SparkConnectService$.MODULE$.stop(Option.apply(5L), Option.apply(TimeUnit.SECONDS));
        spark.stop();
    }

    private static MlParams params() {
        String network = new NeuralNetworkClassifier()
                .network()
                .jsonEncode(new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear()));
        return ConnectClient.params(Map.of(
                "network",
                network,
                "optimizer",
                "adam",
                "loss",
                "crossEntropy",
                "learningRate",
                0.05,
                "maxEpochs",
                8,
                "batchSize",
                32L,
                "shuffle",
                true,
                "seed",
                3));
    }

    private Dataset<Row> rows(Relation relation) {
        client.writeParquet(relation, at("rows"));
        return spark.read().parquet(at("rows")).orderBy("id");
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void aClassifierIsTrainedAndScoresOnTheServer() throws Exception {
        Relation rows = client.sql(QUERY);
        ObjectRef model = client.fit(CLASSIFIER, params(), rows);
        Relation scored = client.transform(model, ConnectClient.params(Map.of("predictionCol", "guess")), rows);
        Dataset<Row> local = rows(scored);
        assertThat(new MulticlassClassificationEvaluator()
                        .setMetricName("accuracy")
                        .setPredictionCol("guess")
                        .evaluate(local))
                .isGreaterThan(0.95);
        client.save(model, at("model"));
        NeuralNetworkClassificationModel loaded = NeuralNetworkClassificationModel.load(at("model"));
        loaded.setPredictionCol("guess");
        assertThat(loaded.transform(spark.sql(QUERY)).orderBy("id").collectAsList())
                .isEqualTo(local.collectAsList());
        ObjectRef again = client.load(NeuralNetworkClassificationModel.class.getName(), at("model"));
        assertThat(rows(client.transform(again, ConnectClient.params(Map.of("predictionCol", "guess")), rows))
                        .collectAsList())
                .isEqualTo(loaded.transform(spark.sql(QUERY)).orderBy("id").collectAsList());
    }

    @Test
    void anEstimatorIsSavedByTheServer() throws Exception {
        client.saveEstimator(CLASSIFIER, params(), at("estimator"));
        NeuralNetworkClassifier loaded = NeuralNetworkClassifier.load(at("estimator"));
        assertThat(loaded.getBatchSize()).isEqualTo(32);
        assertThat(loaded.getNetwork())
                .hasToString(new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear()).toString());
    }

    @Test
    void sparksOwnEstimatorsAreFoundAsBefore() {
        Relation rows = client.sql("select id, double(id) label, double(id % 2) weight from range(10)");
        ObjectRef model = client.fit(
                "org.apache.spark.ml.feature.StringIndexer",
                ConnectClient.params(Map.of("inputCol", "weight", "outputCol", "index")),
                rows);
        assertThat(rows(client.transform(model, ConnectClient.params(Map.of()), rows))
                        .columns())
                .contains("index");
    }
}
