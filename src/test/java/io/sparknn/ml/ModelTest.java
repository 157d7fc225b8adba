package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Concat;
import io.sparknn.nn.layers.EmbeddingBag;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.LogSoftmax;
import io.sparknn.nn.loss.BceWithLogitsLoss;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.Loss;
import io.sparknn.nn.loss.MseLoss;
import io.sparknn.nn.loss.NllLoss;
import io.sparknn.nn.loss.PoissonNllLoss;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import io.sparknn.train.EpochRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of networks with known weights: what they write, for which loss, and what they refuse. */
final class ModelTest {
    private static final Shape TWO = Shape.of(Shape.UNKNOWN, 2);

    @TempDir
    private Path directory;

    /** Gives x0 and -x1, and with three outputs 1 as well. */
    private static Linear linear(int outputs) {
        Linear linear = new Linear(2, outputs);
        float[][] weights = {{1, 0}, {0, -1}, {0, 0}};
        float[] values = new float[2 * outputs];
        float[] bias = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            System.arraycopy(weights[i], 0, values, 2 * i, 2);
            bias[i] = i == 2 ? 1 : 0;
        }
        linear.parameter("weight").set(Tensor.of(values, Shape.of(outputs, 2)));
        linear.parameter("bias").set(Tensor.of(bias, Shape.of(outputs)));
        return linear;
    }

    private static Dataset<Row> rows(double... values) {
        Row[] rows = new Row[values.length / 2];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = RowFactory.create(0.0, Vectors.dense(values[2 * i], values[2 * i + 1]));
        }
        return Tables.of(Tables.CLASSES, rows);
    }

    private static NeuralNetworkClassificationModel model(Layer network, Loss loss) {
        return NeuralNetworkClassificationModel.of(network, loss, TWO);
    }

    private static double[] values(Row row, String column) {
        return row.<Vector>getAs(column).toArray();
    }

    @Test
    void crossEntropyGivesScoresTheirSoftmaxAndTheLargest() {
        NeuralNetworkClassificationModel model = model(linear(3), new CrossEntropyLoss());
        Row row = model.transform(rows(2, 3)).head();
        assertThat(values(row, "rawPrediction")).containsExactly(2, -3, 1);
        double sum = Math.exp(2) + Math.exp(-3) + Math.exp(1);
        assertThat(values(row, "probability"))
                .containsExactly(
                        new double[] {Math.exp(2) / sum, Math.exp(-3) / sum, Math.exp(1) / sum}, within(1e-12));
        assertThat(row.<Double>getAs("prediction")).isZero();
        assertThat(model.numClasses()).isEqualTo(3);
        assertThat(model.numFeatures()).isEqualTo(2);
    }

    @Test
    void nllGivesExponentials() {
        Sequential network = new Sequential(linear(3), new LogSoftmax(1));
        Row row = model(network, new NllLoss()).transform(rows(2, 3)).head();
        Row same =
                model(linear(3), new CrossEntropyLoss()).transform(rows(2, 3)).head();
        assertThat(values(row, "probability")).containsExactly(values(same, "probability"), within(1e-6));
        assertThat(values(row, "rawPrediction")[0]).isEqualTo(Math.log(values(same, "probability")[0]), within(1e-6));
    }

    @Test
    void oneOutputIsTheSecondOfTwoClasses() {
        NeuralNetworkClassificationModel model = model(linear(1), new BceWithLogitsLoss());
        List<Row> rows = model.transform(rows(2, 0, -1, 0)).collectAsList();
        assertThat(model.numClasses()).isEqualTo(2);
        assertThat(values(rows.get(0), "rawPrediction")).containsExactly(-2, 2);
        double p = 1 / (1 + Math.exp(-2));
        assertThat(values(rows.get(0), "probability")).containsExactly(new double[] {1 - p, p}, within(1e-12));
        assertThat(rows.get(0).<Double>getAs("prediction")).isEqualTo(1);
        assertThat(rows.get(1).<Double>getAs("prediction")).isZero();
    }

    @Test
    void severalLabelsAreVectorsOfThoseThatAreLikely() {
        Trained trained = new Trained(linear(3), new Shape[] {TWO}, true, null, null);
        NeuralNetworkClassificationModel model = new NeuralNetworkClassificationModel("m", trained);
        model.set(model.loss(), new BceWithLogitsLoss());
        Row row = model.transform(rows(-1, -0.5)).head();
        assertThat(values(row, "probability")[2]).isEqualTo(1 / (1 + Math.exp(-1)), within(1e-12));
        assertThat(values(row, "prediction")).containsExactly(0, 1, 1);
        model.setThresholds(new double[] {0.2, 0.9, 0.9});
        assertThat(values(model.transform(rows(-1, -0.5)).head(), "prediction")).containsExactly(1, 0, 0);
        assertThat(model.numClasses()).isEqualTo(3);
        assertThatThrownBy(() -> model.predict(Vectors.dense(1, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NeuralNetworkClassificationModel(m) expects one class")
                .hasMessageContaining("use predictProbability");
    }

    @Test
    void thresholdsDivideProbabilitiesAsInMllib() {
        NeuralNetworkClassificationModel model = model(linear(2), new CrossEntropyLoss());
        model.setThresholds(new double[] {0.9, 0.1});
        Row row = model.transform(rows(1, 0)).head();
        assertThat(row.<Double>getAs("prediction")).isEqualTo(1);
        assertThat(model.predict(Vectors.dense(1, 0))).isEqualTo(1);
        model.setThresholds(new double[] {0, 0.5});
        assertThat(model.transform(rows(-3, -3)).head().<Double>getAs("prediction"))
                .isZero();
        model.set(model.thresholds(), new double[] {1, 1, 1});
        assertThatThrownBy(() -> model.transform(rows(1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects a threshold for each of 2 classes, got 3");
    }

    @Test
    void oneRowGivesTheBitsOfTransform() {
        NeuralNetworkClassificationModel model = model(linear(3), new CrossEntropyLoss());
        Vector row = Vectors.sparse(2, new int[] {1}, new double[] {0.3});
        Row scored = model.transform(rows(0, 0.3)).head();
        assertThat(model.predictRaw(row)).isEqualTo(scored.getAs("rawPrediction"));
        assertThat(model.predictProbability(row)).isEqualTo(scored.getAs("probability"));
        assertThat(model.predict(row)).isEqualTo(scored.<Double>getAs("prediction"));
        assertThatThrownBy(() -> model.predictRaw(Vectors.dense(1, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects vectors of 2, got 3");
    }

    @Test
    void columnsWithoutANameAreLeftOut() {
        NeuralNetworkClassificationModel model = model(linear(2), new CrossEntropyLoss());
        model.setProbabilityCol("");
        assertThat(model.transform(rows(1, 2)).columns())
                .containsExactly("label", "features", "rawPrediction", "prediction");
        model.setRawPredictionCol("");
        assertThat(model.transform(rows(1, 2)).head().<Double>getAs("prediction"))
                .isZero();
        model.setPredictionCol("");
        assertThat(model.transform(rows(1, 2)).columns()).containsExactly("label", "features");
    }

    @Test
    void theSchemaIsWhatTransformGives() {
        NeuralNetworkClassificationModel model = model(linear(3), new CrossEntropyLoss());
        Dataset<Row> input = rows(1, 2);
        Dataset<Row> output = model.transform(input);
        StructType schema = model.transformSchema(input.schema());
        assertThat(output.schema()).isEqualTo(schema);
        assertThat(schema.apply("prediction").metadata())
                .isEqualTo(output.schema().apply("prediction").metadata());
        assertThat(AttributeGroup.fromStructField(schema.apply("probability")).size())
                .isEqualTo(3);
        assertThat(((NominalAttribute) Attribute.fromStructField(schema.apply("prediction")))
                        .getNumValues()
                        .get())
                .isEqualTo(3);
        assertThatThrownBy(() -> model.transform(output))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got \"rawPrediction\", which exists already");
    }

    @Test
    void namesOfClassesComeBack() {
        Trained trained = new Trained(linear(2), new Shape[] {TWO}, false, new String[] {"ham", "spam"}, null);
        NeuralNetworkClassificationModel model = new NeuralNetworkClassificationModel("m", trained);
        model.set(model.loss(), new CrossEntropyLoss());
        IndexToString names = new IndexToString().setInputCol("prediction").setOutputCol("name");
        List<Row> rows = names.transform(model.transform(rows(1, 0, -1, 0))).collectAsList();
        assertThat(rows.get(0).<String>getAs("name")).isEqualTo("ham");
        assertThat(rows.get(1).<String>getAs("name")).isEqualTo("spam");
    }

    @Test
    void invalidRowsAreReportedSkippedOrKept() {
        NeuralNetworkClassificationModel model = model(linear(2), new CrossEntropyLoss());
        Dataset<Row> rows = Tables.of(
                Tables.CLASSES,
                RowFactory.create(0.0, Vectors.dense(1, 0)),
                RowFactory.create(1.0, null),
                RowFactory.create(2.0, Vectors.dense(1, 2, 3)));
        assertThatThrownBy(() -> model.transform(rows).collectAsList())
                .rootCause()
                .hasMessageContaining("NeuralNetworkClassificationModel(" + model.uid()
                        + ") expects vectors of 2, got null in column \"features\" in row 1");
        assertThat(model.setHandleInvalid("skip").transform(rows).collectAsList())
                .hasSize(1);
        List<Row> kept = model.setHandleInvalid("keep").transform(rows).collectAsList();
        assertThat(kept).hasSize(3);
        assertThat(kept.get(2).getAs("label").equals(2.0)).isTrue();
        assertThat(kept.get(2).isNullAt(2)
                        && kept.get(2).isNullAt(3)
                        && kept.get(2).isNullAt(4))
                .isTrue();
    }

    @Test
    void aNetworkThatReducesOverRowsScoresDataFramesOnly() {
        NeuralNetworkRegressionModel model =
                NeuralNetworkRegressionModel.of(new Sequential(linear(1), new Centered()), new MseLoss(), TWO);
        List<Row> rows = model.transform(rows(1, 0, 5, 0)).collectAsList();
        assertThat(rows.get(0).<Double>getAs("prediction")).isEqualTo(-2);
        assertThat(rows.get(1).<Double>getAs("prediction")).isEqualTo(2);
        assertThatThrownBy(() -> model.predict(Vectors.dense(1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NeuralNetworkRegressionModel(" + model.uid() + ") expects a network that treats")
                .hasMessageContaining("use transform");
    }

    private static final class Centered extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            return x.sub(x.mean());
        }
    }

    @Test
    void severalColumnsFeedSeveralInputs() {
        StructType schema = new StructType()
                .add("a", DataTypes.DoubleType)
                .add("b", DataTypes.createArrayType(DataTypes.FloatType));
        Dataset<Row> rows = Tables.of(schema, RowFactory.create(2.0, List.of(3f)));
        Shape one = Shape.of(Shape.UNKNOWN, 1);
        Linear identity = new Linear(1, 1);
        identity.parameter("weight").set(Tensor.of(new float[] {1}, Shape.of(1, 1)));
        identity.parameter("bias").set(Tensor.of(0));
        NeuralNetworkRegressionModel model = NeuralNetworkRegressionModel.of(
                new Sequential(new Concat(identity, identity), linear(1)), new MseLoss(), one, one);
        model.setFeaturesCols("a", "b");
        assertThat(model.transform(rows).head().<Double>getAs("prediction")).isEqualTo(2);
        assertThat(model.numFeatures()).isEqualTo(2);
        assertThatThrownBy(() -> model.predict(Vectors.dense(1, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expects 2 columns, got one vector");
    }

    @Test
    void rowsOfIdsMayDifferInLength() throws IOException {
        Sequential network = new Sequential(new EmbeddingBag(5, 2), linear(1));
        network.parameter("0.weight").set(Tensor.arange(10).reshape(5, 2));
        NeuralNetworkRegressionModel model =
                NeuralNetworkRegressionModel.of(network, new MseLoss(), Shape.of(Shape.UNKNOWN, Shape.RAGGED));
        StructType schema = new StructType().add("features", DataTypes.createArrayType(DataTypes.IntegerType));
        Dataset<Row> rows = Tables.of(schema, RowFactory.create(List.of(4)), RowFactory.create(List.of(0, 1, 2)));
        List<Row> scored = model.transform(rows).collectAsList();
        assertThat(scored.get(0).<Double>getAs("prediction")).isEqualTo(8);
        assertThat(scored.get(1).<Double>getAs("prediction")).isEqualTo(2);
        assertThat(model.predict(Vectors.dense(0, 1, 2))).isEqualTo(2);
        assertThat(model.numFeatures()).isEqualTo(-1);
        assertThat(model.toString()).endsWith(" outputs and rows that differ in length");
        model.save(directory.resolve("ids").toString());
        assertThat(NeuralNetworkRegressionModel.load(directory.resolve("ids").toString())
                        .predict(Vectors.dense(0, 1, 2)))
                .isEqualTo(2);
    }

    @Test
    void aRegressionModelGivesANumberOrVectors() {
        NeuralNetworkRegressionModel one = NeuralNetworkRegressionModel.of(linear(1), new MseLoss(), TWO);
        assertThat(one.transform(rows(4, 0)).head().<Double>getAs("prediction")).isEqualTo(4);
        assertThat(one.predict(Vectors.dense(4, 0))).isEqualTo(4);
        NeuralNetworkRegressionModel two = NeuralNetworkRegressionModel.of(linear(2), new MseLoss(), TWO);
        assertThat(values(two.transform(rows(4, 3)).head(), "prediction")).containsExactly(4, -3);
        assertThat(two.predictVector(Vectors.dense(4, 3))).isEqualTo(Vectors.dense(4, -3));
        assertThatThrownBy(() -> two.predict(Vectors.dense(4, 3))).hasMessageContaining("use predictVector");
        NeuralNetworkRegressionModel log = NeuralNetworkRegressionModel.of(linear(1), new PoissonNllLoss(), TWO);
        assertThat(log.predict(Vectors.dense(2, 0))).isEqualTo(Math.exp(2), within(1e-12));
        NeuralNetworkRegressionModel rate = NeuralNetworkRegressionModel.of(linear(1), new PoissonNllLoss(false), TWO);
        assertThat(rate.predict(Vectors.dense(2, 0))).isEqualTo(2);
        assertThat(one.transformSchema(rows(1, 2).schema()))
                .isEqualTo(one.transform(rows(1, 2)).schema());
        assertThat(two.transformSchema(rows(1, 2).schema()))
                .isEqualTo(two.transform(rows(1, 2)).schema());
    }

    @Test
    void aColumnOfAnotherWidthIsRefusedBeforeAnyJob() {
        NeuralNetworkClassificationModel model = model(linear(2), new CrossEntropyLoss());
        StructType schema = new StructType().add(Schemas.vector("features", 3));
        assertThatThrownBy(() -> model.transformSchema(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects vectors of 2, got 3 in column \"features\"");
    }

    @Test
    void aCopySharesTheNetworkAndItsParamsAreItsOwn() {
        NeuralNetworkClassificationModel model = model(linear(2), new CrossEntropyLoss());
        NeuralNetworkClassificationModel copy = model.copy(new ParamMap().put(model.predictionCol(), "class"));
        assertThat(copy.network()).isSameAs(model.network());
        assertThat(copy.uid()).isEqualTo(model.uid());
        assertThat(copy.getPredictionCol()).isEqualTo("class");
        assertThat(model.getPredictionCol()).isEqualTo("prediction");
        assertThat(copy.getLoss()).isEqualTo(new CrossEntropyLoss());
        assertThat(copy.layers()).isEmpty();
    }

    @Test
    void withoutTrainingThereIsNoSummary() {
        NeuralNetworkClassificationModel model = model(linear(2), new CrossEntropyLoss());
        assertThat(model.hasSummary()).isFalse();
        assertThatThrownBy(model::summary)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expects to have been trained");
    }

    @Test
    void aSummaryIsTextATableAndAPicture() {
        SharedSpark.session();
        EpochRecord first = new EpochRecord(1, 0.5, Double.NaN, Map.of("accuracy", 0.25), 0.1, 1000, 2);
        EpochRecord second = new EpochRecord(2, 0.25, 0.375, Map.of("accuracy", 0.75), 0.1, 2000, 1);
        TrainingSummary summary = new TrainingSummary("a <b> layer\n", List.of(first, second), 2, "ran <all> epochs");
        assertThat(summary.history().columns())
                .containsExactly(
                        "epoch", "loss", "validationLoss", "accuracy", "learningRate", "rowsPerSecond", "seconds");
        List<Row> rows = summary.history().collectAsList();
        assertThat(rows.get(0)).isEqualTo(RowFactory.create(1, 0.5, null, 0.25, 0.1, 1000.0, 2.0));
        assertThat(rows.get(1)).isEqualTo(RowFactory.create(2, 0.25, 0.375, 0.75, 0.1, 2000.0, 1.0));
        assertThat(summary.toString())
                .contains("a <b> layer", "validation loss", "0.3750", "2,000", "best epoch 2; ran <all> epochs");
        assertThat(summary.toHtml())
                .contains("a &lt;b&gt; layer", "ran &lt;all&gt; epochs", "<svg", "<polyline", "<td>0.3750</td>")
                .doesNotContain("<script", "<b>", "<all>");
        TrainingSummary unvalidated = new TrainingSummary("a layer\n", List.of(first), 1, "ran all epochs");
        assertThat(unvalidated.toHtml()).doesNotContain("validation loss").contains("<td>0.5000</td><td>0.2500</td>");
        assertThat(unvalidated.toString()).doesNotContain("validation loss");
    }
}
