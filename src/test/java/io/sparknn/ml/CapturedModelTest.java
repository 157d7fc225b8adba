package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.SharedSpark;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.optim.Sgd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Models and estimators that a task captures, as those of MLlib may be. */
final class CapturedModelTest {
    private static Dataset<Row> rows() {
        return SharedSpark.session()
                .range(40)
                .selectExpr("array(sin(id), cos(id), 1D) features", "double(id % 2) label");
    }

    private static LazySequential network() {
        return new LazySequential(new LazyLinear(4), new Relu(), new LazyLinear());
    }

    private static NeuralNetworkClassifier classifier() {
        return new NeuralNetworkClassifier()
                .setNetwork(network())
                .setMaxEpochs(1)
                .setSeed(3);
    }

    @SuppressWarnings("unchecked")
    private static <T> T travelled(T object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @Test
    void aModelScoresWithinAFunctionOfSql() {
        NeuralNetworkClassificationModel model = classifier().fit(rows());
        Dataset<Row> scored = model.transform(rows());
        SharedSpark.session()
                .udf()
                .register("scoredByModel", (UDF1<Vector, Double>) model::predict, DataTypes.DoubleType);
        Dataset<Row> vectors = scored.select(
                org.apache
                        .spark
                        .ml
                        .functions
                        .array_to_vector(scored.col("features"))
                        .as("v"),
                scored.col("prediction"));
        assertThat(vectors.where("scoredByModel(v) = prediction").count()).isEqualTo(40);
    }

    @Test
    void modelsKeepWhatTheyAre() throws Exception {
        NeuralNetworkClassificationModel model = classifier().fit(rows());
        NeuralNetworkClassificationModel copy = travelled(model);
        assertThat(copy).hasToString(model.toString());
        assertThat(copy.transform(rows()).collectAsList())
                .isEqualTo(model.transform(rows()).collectAsList());
        NeuralNetworkRegressionModel regression = new NeuralNetworkRegressor()
                .setNetwork(network())
                .setMaxEpochs(1)
                .setSeed(3)
                .fit(rows());
        assertThat(travelled(regression).transform(rows()).collectAsList())
                .isEqualTo(regression.transform(rows()).collectAsList());
    }

    @Test
    void estimatorsTravelWithTheirSettings() throws Exception {
        NeuralNetworkClassifier sent = classifier()
                .setOptimizer(new Sgd())
                .setLearningRate(0.25)
                .setBatchSize(16)
                .setClipNorm(1)
                .setHandleInvalid("skip")
                .setLabelSmoothing(0.1);
        NeuralNetworkClassifier estimator = travelled(sent);
        assertThat(estimator.getLearningRate()).isEqualTo(0.25);
        assertThat(estimator.getHandleInvalid()).isEqualTo("skip");
        assertThat(estimator.fit(rows()).transform(rows()).collectAsList())
                .isEqualTo(sent.fit(rows()).transform(rows()).collectAsList());
    }
}
