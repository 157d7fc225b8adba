package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.LazyConcat;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.LogSoftmax;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.loss.BceWithLogitsLoss;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.NllLoss;
import io.sparknn.tensor.Tensor;
import io.sparknn.train.EpochRecord;
import io.sparknn.train.MeanAbsoluteError;
import io.sparknn.train.TrainingListener;
import io.sparknn.train.TrainingStart;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** Fits that learn: what the label asks for, and what the model then gives. */
final class FitTest {
    private static final int ROWS = 240;

    private static LazySequential network() {
        return new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear());
    }

    private static NeuralNetworkClassifier classifier() {
        return new NeuralNetworkClassifier()
                .setNetwork(network())
                .setLearningRate(0.02)
                .setBatchSize(32)
                .setMaxEpochs(8)
                .setSeed(1);
    }

    private static double accuracy(Dataset<Row> predictions) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(predictions);
    }

    private static float[] bits(Layer network) {
        List<Float> all = new ArrayList<>();
        network.parameters().values().forEach(parameter -> {
            for (float value : parameter.value().toArray()) {
                all.add(value);
            }
        });
        float[] bits = new float[all.size()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = all.get(i);
        }
        return bits;
    }

    @Test
    void classesAreToldApartAndTheSummaryTellsHow() {
        List<String> told = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void fitStarted(TrainingStart start) {
                told.add("start " + start.rows());
            }

            @Override
            public void epochEnded(EpochRecord epoch) {
                told.add("epoch " + epoch.epoch());
            }

            @Override
            public void fitEnded(String reason) {
                told.add("end");
            }
        };
        NeuralNetworkClassifier classifier = classifier().setMaxEpochs(5).setListener(listener);
        Dataset<Row> rows = Tables.clouds(ROWS);
        NeuralNetworkClassificationModel model = classifier.fit(rows);
        assertThat(accuracy(model.transform(rows))).isGreaterThan(0.9);
        assertThat(told).containsExactly("start 240", "epoch 1", "epoch 2", "epoch 3", "epoch 4", "epoch 5", "end");
        assertThat(model.parent()).isSameAs(classifier);
        assertThat(model.numClasses()).isEqualTo(3);
        assertThat(model.getLoss()).isEqualTo(new CrossEntropyLoss());
        TrainingSummary summary = model.summary();
        assertThat(summary.epochs()).hasSize(5);
        assertThat(summary.epochs().get(4).loss())
                .isLessThan(summary.epochs().get(0).loss());
        assertThat(summary.epochs().get(4).metrics().get("accuracy")).isGreaterThan(0.9);
        assertThat(summary.history().count()).isEqualTo(5);
        assertThat(summary.layers()).contains("Linear(2, 8)", "51 parameters").doesNotContain("untrained");
        assertThat(model.transformSchema(rows.schema()))
                .isEqualTo(model.transform(rows).schema());
    }

    @Test
    void aFitIsTheSameEachTimeAndChangesNoNetworkOfTheUser() {
        NeuralNetworkClassifier classifier = classifier().setMaxEpochs(2);
        Dataset<Row> rows = Tables.clouds(ROWS).cache();
        float[] first = bits(classifier.fit(rows).network());
        assertThat(bits(classifier.fit(rows).network())).containsExactly(first);
        assertThat(bits(classifier.setSeed(2).fit(rows).network())).isNotEqualTo(first);
        assertThat(classifier.getNetwork()).hasToString(network().toString());
        rows.unpersist();
    }

    @Test
    void namesOfClassesGoThroughAPipeline() {
        Dataset<Row> rows = Tables.clouds(ROWS)
                .withColumn(
                        "name",
                        functions.concat(
                                functions.lit("cloud "), functions.col("label").cast("int")))
                .drop("label");
        StringIndexer indexer = new StringIndexer().setInputCol("name").setOutputCol("label");
        IndexToString back = new IndexToString().setInputCol("prediction").setOutputCol("predicted");
        PipelineModel model = new Pipeline()
                .setStages(new PipelineStage[] {indexer, classifier(), back})
                .fit(rows);
        Dataset<Row> scored = model.transform(rows);
        assertThat(scored.where("name = predicted").count()).isGreaterThan(ROWS * 9 / 10);
        NeuralNetworkClassificationModel network = (NeuralNetworkClassificationModel) model.stages()[1];
        assertThat(network.numClasses()).isEqualTo(3);
    }

    @Test
    void aNetworkOfOneOutputTellsTwoClasses() {
        Dataset<Row> rows = Tables.clouds(ROWS).where("label < 2");
        NeuralNetworkClassifier classifier =
                classifier().setNetwork(new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear(1)));
        NeuralNetworkClassificationModel model = classifier.fit(rows);
        assertThat(model.getLoss()).isEqualTo(new BceWithLogitsLoss());
        assertThat(model.numClasses()).isEqualTo(2);
        assertThat(accuracy(model.transform(rows))).isGreaterThan(0.9);
        NeuralNetworkClassificationModel open =
                classifier.setNetwork(network()).setLoss("bceWithLogits").fit(rows);
        assertThat(open.network().parameter("2.weight").shape().dim(0)).isEqualTo(1);
        assertThat(accuracy(open.transform(rows))).isGreaterThan(0.9);
    }

    @Test
    void aNetworkThatEndsInLogSoftmaxLearnsByNll() {
        Dataset<Row> rows = Tables.clouds(ROWS);
        NeuralNetworkClassificationModel model = classifier()
                .setNetwork(new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear(), new LogSoftmax(1)))
                .setLoss(new NllLoss())
                .fit(rows);
        Row row = model.transform(rows).head();
        double[] probability = row.<Vector>getAs("probability").toArray();
        assertThat(probability[0] + probability[1] + probability[2]).isEqualTo(1, within(1e-6));
        assertThat(accuracy(model.transform(rows))).isGreaterThan(0.9);
    }

    @Test
    void vectorsOfLabelsAreSeveralAtOnce() {
        Dataset<Row> rows = Tables.clouds(ROWS)
                .withColumn("labels", functions.expr("array(cast(label = 0 as double), cast(label > 0 as double))"));
        NeuralNetworkClassificationModel model =
                classifier().setLabelCol("labels").setMaxEpochs(15).fit(rows);
        assertThat(model.getLoss()).isEqualTo(new BceWithLogitsLoss());
        Dataset<Row> scored = model.transform(rows);
        assertThat(scored.schema()).isEqualTo(model.transformSchema(rows.schema()));
        long right = scored.collectAsList().stream()
                .filter(row -> row.<Vector>getAs("prediction").apply(0)
                        == row.<Double>getList(2).get(0))
                .count();
        assertThat(right).isGreaterThan(ROWS * 9 / 10);
    }

    @Test
    void numbersAreLearntAndMeasured() {
        Dataset<Row> rows = Tables.line(ROWS);
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor()
                .setNetwork(new LazyLinear())
                .setOptimizer("lbfgs")
                .setMaxEpochs(5)
                .setBatchSize(ROWS);
        NeuralNetworkRegressionModel model = regressor.fit(rows);
        assertThat(model.network().parameter("weight").value().toArray())
                .containsExactly(new float[] {2, -1}, within(1e-3f));
        assertThat(model.network().parameter("bias").value().toArray())
                .containsExactly(new float[] {0.5f}, within(1e-3f));
        assertThat(model.summary().epochs().get(4).metrics()).containsOnlyKeys("rmse", "r2");
        assertThat(model.summary().epochs().get(4).metrics().get("r2")).isGreaterThan(0.999);
        assertThat(model.transform(rows).schema()).isEqualTo(regressor.transformSchema(rows.schema()));
        NeuralNetworkRegressionModel other = regressor
                .setOptimizer("sgd")
                .setMetrics(new MeanAbsoluteError())
                .setMaxEpochs(1)
                .fit(rows);
        assertThat(other.summary().epochs().get(0).metrics()).containsOnlyKeys("mae");
    }

    @Test
    void featuresAsTheirOwnLabelComeBack() {
        Dataset<Row> rows = Tables.line(ROWS);
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor()
                .setNetwork(new LazySequential(new LazyLinear(2), new LazyLinear()))
                .setLabelCol("features")
                .setOptimizer("lbfgs")
                .setMaxEpochs(20)
                .setBatchSize(ROWS);
        NeuralNetworkRegressionModel model = regressor.fit(rows);
        Row row = model.transform(rows).head();
        Vector features = row.getAs("features");
        assertThat(row.<Vector>getAs("prediction").toArray()).containsExactly(features.toArray(), within(0.05));
        assertThat(model.transform(rows).schema()).isEqualTo(model.transformSchema(rows.schema()));
    }

    @Test
    void severalColumnsOfSeveralKindsFeedANetwork() {
        Dataset<Row> rows = Tables.line(ROWS)
                .withColumn("list", functions.expr("array(float(label), 1f)"))
                .withColumn("number", functions.col("label").cast("int"));
        NeuralNetworkRegressionModel model = new NeuralNetworkRegressor()
                .setNetwork(new LazySequential(
                        new LazyConcat(new LazyLinear(2), new LazyLinear(1), new LazyLinear(1)), new LazyLinear()))
                .setFeaturesCols("features", "list", "number")
                .setOptimizer("lbfgs")
                .setBatchSize(ROWS)
                .setMaxEpochs(20)
                .fit(rows);
        assertThat(model.numFeatures()).isEqualTo(5);
        assertThat(model.getFeaturesCols()).containsExactly("features", "list", "number");
        assertThat(model.summary().epochs().get(19).metrics().get("r2")).isGreaterThan(0.99);
        assertThat(model.transform(rows).columns()).contains("prediction");
    }

    @Test
    void aModelIsTrainedFurtherFromWhereAnotherEnded() {
        Dataset<Row> rows = Tables.clouds(ROWS);
        NeuralNetworkClassificationModel first = classifier().fit(rows);
        NeuralNetworkClassifier again = classifier().setInitialModel(first).setMaxEpochs(1);
        double warm = again.fit(rows).summary().epochs().get(0).loss();
        assertThat(warm).isLessThan(first.summary().epochs().get(1).loss());
        again.clear(again.network());
        assertThat(again.fit(rows).summary().epochs().get(0).loss()).isEqualTo(warm, within(1e-6));
    }

    @Test
    void givenValuesAreWhereTrainingStartsAndFrozenOnesStay() {
        Sequential body = new Sequential(new Linear(2, 4), new Relu());
        body.parameter("0.weight")
                .set(Tensor.of(
                        new float[] {1, 2, 3, 4, 5, 6, 7, 8},
                        body.parameter("0.weight").shape()));
        body.setTrainable(false);
        NeuralNetworkClassificationModel model = classifier()
                .setNetwork(new LazySequential(body, new LazyLinear()))
                .setMaxEpochs(1)
                .fit(Tables.clouds(ROWS));
        assertThat(model.network().parameter("0.0.weight").value().toArray()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(body.parameters()).hasSize(2);
    }

    @Test
    void balancedWeightsLetARareClassCount() {
        Dataset<Row> rows = Tables.clouds(ROWS)
                .where("label < 2 and (label = 0 or rand(1) < 0.1)")
                .cache();
        NeuralNetworkClassifier classifier = classifier().setMaxEpochs(1).setBatchSize(8);
        double plain =
                classifier.fit(rows).transform(rows).where("prediction = 1").count();
        NeuralNetworkClassificationModel model =
                classifier.setClassWeights("balanced").fit(rows);
        assertThat((double) model.transform(rows).where("prediction = 1").count())
                .isGreaterThanOrEqualTo(plain);
        long zeros = rows.where("label = 0").count();
        long ones = rows.where("label = 1").count();
        double all = zeros + ones;
        assertThat(model.getLoss())
                .isEqualTo(new CrossEntropyLoss().withClassWeights(all / (2 * zeros), all / (2 * ones)));
        rows.unpersist();
    }

    @Test
    void validationRowsAreMeasuredAndStopTraining() {
        Dataset<Row> rows = Tables.clouds(ROWS)
                .withColumn("valid", functions.expr("rand(2) < 0.3"))
                .cache();
        NeuralNetworkClassificationModel model = classifier()
                .setNetwork(new LazySequential(new LazyLinear(8), new Relu(), new Dropout(0.5), new LazyLinear()))
                .setValidationIndicatorCol("valid")
                .setLearningRate(0.3)
                .setPatience(2)
                .setMaxEpochs(60)
                .fit(rows);
        List<EpochRecord> epochs = model.summary().epochs();
        assertThat(epochs).hasSizeLessThan(60);
        assertThat(epochs.get(0).validationLoss()).isFinite();
        assertThat(model.summary().bestEpoch()).isEqualTo(epochs.size() - 2);
        assertThat(model.summary().stopReason()).isNotEmpty();
        rows.unpersist();
    }
}
