package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.LazyConcat;
import io.sparknn.nn.layers.LazyEmbedding;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits on columns of ids: tables find their size, and learn. */
final class IdColumnsFitTest {
    private static final int JOBS = 6;

    /** Whether a job's number is odd is the label, and three times the number the target: nothing a line can tell. */
    private static Dataset<Row> people(String type) {
        return SharedSpark.session()
                .range(0, 300, 1, 3)
                .select(
                        functions
                                .expr("cast((id * 7) % " + JOBS + " as " + type + ")")
                                .as("job"),
                        functions.expr("concat('town ', id % 4)").as("town"),
                        functions.expr("array(sin(id), cos(id))").as("numbers"),
                        functions
                                .expr("cast(((id * 7) % " + JOBS + ") % 2 as double)")
                                .as("label"));
    }

    private static NeuralNetworkClassifier classifier(LazySequential network, String... columns) {
        return new NeuralNetworkClassifier()
                .setNetwork(network)
                .setFeaturesCols(columns)
                .setLearningRate(0.05)
                .setMaxEpochs(12)
                .setBatchSize(32)
                .setSeed(1);
    }

    private static double accuracy(Dataset<Row> predictions) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(predictions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int", "bigint", "double"})
    void aClassifierLearnsFromTheIdsOfOneColumn(String type) {
        LazySequential network = new LazySequential(new LazyEmbedding(4), new LazyLinear());
        Dataset<Row> people = people(type);
        NeuralNetworkClassificationModel model = classifier(network, "job").fit(people);
        assertThat(model.network().parameter("0.weight").shape()).isEqualTo(Shape.of(JOBS, 4));
        assertThat(accuracy(model.transform(people))).isEqualTo(1);
    }

    @Test
    void stringsGoThroughAnIndexerWhoseMetadataTellTheSize() {
        PipelineStage[] stages = {
            new StringIndexer()
                    .setInputCols(new String[] {"job", "town"})
                    .setOutputCols(new String[] {"jobId", "townId"})
                    .setHandleInvalid("keep"),
            classifier(
                    new LazySequential(
                            new LazyConcat(new LazyEmbedding(4), new LazyEmbedding(2), new LazyLinear(3)),
                            new Relu(),
                            new LazyLinear()),
                    "jobId",
                    "townId",
                    "numbers")
        };
        Dataset<Row> people = people("string");
        PipelineModel model = new Pipeline().setStages(stages).fit(people);
        Layer network = ((NeuralNetworkClassificationModel) model.stages()[1]).network();
        // One more than there are, for strings it has not seen.
        assertThat(network.parameter("0.0.weight").shape()).isEqualTo(Shape.of(JOBS + 1, 4));
        assertThat(network.parameter("0.1.weight").shape()).isEqualTo(Shape.of(5, 2));
        assertThat(accuracy(model.transform(people))).isEqualTo(1);
        Dataset<Row> unseen = people.withColumn("job", functions.lit("new")).limit(5);
        assertThat(model.transform(unseen).select("prediction").collectAsList()).hasSize(5);
    }

    @Test
    void aRegressorLearnsFromIds() {
        Dataset<Row> people = people("int").withColumn("label", functions.expr("job * 3.0 - 4"));
        NeuralNetworkRegressionModel model = new NeuralNetworkRegressor()
                .setNetwork(
                        new LazySequential(new LazyConcat(new LazyEmbedding(6), new LazyLinear(2)), new LazyLinear()))
                .setFeaturesCols("job", "numbers")
                .setLearningRate(0.05)
                .setMaxEpochs(60)
                .setBatchSize(32)
                .setSeed(1)
                .fit(people);
        assertThat(model.network().parameter("0.0.weight").shape()).isEqualTo(Shape.of(JOBS, 6));
        double error = model.transform(people)
                .select(functions.max(functions.expr("abs(prediction - label)")))
                .head()
                .getDouble(0);
        assertThat(error).isLessThan(0.5);
    }
}
