package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.MseLoss;
import io.sparknn.optim.Lbfgs;
import io.sparknn.train.Accuracy;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** What estimators refuse before a step of training is made, and what they advise. */
final class BadFitTest {
    private static NeuralNetworkClassifier classifier() {
        return new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear(4), new Relu(), new LazyLinear()))
                .setMaxEpochs(1);
    }

    private static void refused(NeuralNetworkClassifier classifier, Dataset<Row> rows, String... messages) {
        assertThatThrownBy(() -> classifier.fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("NeuralNetworkClassifier(" + classifier.uid() + ") expects ")
                .hasMessageContainingAll(messages);
    }

    @Test
    void labelsThatAreNoClasses() {
        refused(
                classifier(),
                Tables.labelled(1.0, 2.0, 3.0),
                "all labels from 0 to K - 1",
                "[1.0, 2.0, 3.0]",
                "StringIndexer");
        refused(
                classifier(),
                Tables.labelled(0.0, 2.0),
                "all labels from 0 to K - 1",
                "got [0.0, 2.0] in column \"label\"");
        refused(classifier(), Tables.labelled(0.0, -1.0), "whole numbers from 0", "got -1.0");
        refused(
                classifier(),
                Tables.labelled(0.0, 0.5, 1.0),
                "whole numbers from 0",
                "got 0.5",
                "NeuralNetworkRegressor");
        refused(
                classifier(),
                Tables.labelled(0.0, null, 1.0),
                "a label in every row, got null",
                "setHandleInvalid(\"skip\")");
        refused(classifier(), Tables.labelled(0.0, Double.NaN, 1.0), "a label in every row, got NaN");
        refused(classifier(), Tables.labelled(0.0, 0.0), "two classes or more, got only [0.0]");
        refused(classifier().setHandleInvalid("skip"), Tables.labelled(null, Double.NaN), "got only null or NaN");
    }

    @Test
    void labelsAreLeftOutWhereUsersSaySo() {
        Dataset<Row> rows = Tables.labelled(0.0, null, 1.0, Double.NaN, 0.0, 1.0);
        classifier().setHandleInvalid("skip").fit(rows);
        classifier().setHandleInvalid("keep").fit(rows);
    }

    @Test
    void noRowsOrNoColumn() {
        Dataset<Row> rows = Tables.labelled(0.0, 1.0);
        refused(classifier(), rows.limit(0), "got an empty DataFrame");
        refused(classifier().setLabelCol("y"), rows, "a column \"y\" of labels", "[label, features]");
        refused(classifier().setFeaturesCol("x"), rows, "the column \"x\", got columns [label, features]");
        refused(classifier().setWeightCol("w"), rows, "a column \"w\" of weights");
        refused(
                classifier().setValidationIndicatorCol("label"),
                rows,
                "a column of true and false, got \"label\" of double");
        refused(
                classifier().setPredictionCol("label"),
                rows,
                "a new output column, got \"label\", which exists already");
        refused(
                classifier().setPredictionCol("LABEL"),
                rows,
                "a new output column, got \"LABEL\", which exists already");
        refused(
                classifier().setLabelCol("text"),
                rows.withColumn("text", functions.lit("a")),
                "expects numbers as labels, got column \"text\" of string; index it with StringIndexer");
    }

    @Test
    void networksThatDoNotFit() {
        Dataset<Row> three = Tables.labelled(0.0, 1.0, 2.0);
        assertThatThrownBy(() -> new NeuralNetworkClassifier().fit(three))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expects a network, got none; call setNetwork");
        refused(
                classifier().setNetwork(new Sequential(new Linear(2, 5))),
                three,
                "a network that gives 3 numbers for 3 classes, got an output of shape (?, 5)",
                "LazyLinear()");
        refused(classifier().setNetwork(new LazyLinear(1)), three, "gives 3 numbers for 3 classes");
        refused(
                classifier().setNetwork(new Sequential(new Linear(2, 6), new Unflatten(2, 3))),
                three,
                "got an output of shape (?, 2, 3)");
        assertThatThrownBy(() -> classifier().setNetwork(new Linear(7, 3)).fit(three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects vectors of 7, got 2");
        refused(
                classifier().setInitialModel(new Linear(2, 3)),
                three,
                "an initial model of the same layers",
                "0.weight");
    }

    @Test
    void lossesThatDoNotFit() {
        Dataset<Row> three = Tables.labelled(0.0, 1.0, 2.0);
        refused(
                classifier().setLoss(new MseLoss()),
                three,
                "a loss of classes, got MseLoss()",
                "NeuralNetworkRegressor");
        refused(classifier().setLoss("bceWithLogits"), three, "two classes for BceWithLogitsLoss", "got 3");
        Dataset<Row> several = three.withColumn("labels", functions.expr("array(0d, 1d)"));
        refused(
                classifier().setLabelCol("labels").setLoss("crossEntropy"),
                several,
                "one class in each row",
                "got vectors as labels");
        refused(classifier().setClassWeights(1, 2), three, "a weight for each of 3 classes, got 2");
        refused(
                classifier().setLabelCol("labels").setClassWeights("balanced"),
                several,
                "one class in each row for balanced classWeights");
        refused(
                classifier().setLabelCol("labels").setLabelSmoothing(0.1),
                several,
                "CrossEntropyLoss for labelSmoothing");
        NeuralNetworkRegressor regressor =
                new NeuralNetworkRegressor().setNetwork(new LazyLinear()).setLoss(new CrossEntropyLoss());
        assertThatThrownBy(() -> regressor.fit(three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects a loss of numbers, got CrossEntropyLoss")
                .hasMessageContaining("NeuralNetworkClassifier");
    }

    @Test
    void settingsThatDoNotGoTogether() {
        Dataset<Row> rows = Tables.labelled(0.0, 1.0);
        refused(
                classifier().setOptimizer(new Lbfgs()).setWeightDecay(0.1),
                rows,
                "an optimizer that knows weight decay, got Lbfgs");
        refused(
                classifier().setMetrics(new Accuracy(), new Accuracy()),
                rows,
                "metrics of different names, got \"accuracy\" again");
        NeuralNetworkClassifier odd = classifier();
        odd.set(odd.optimizer(), new MseLoss());
        refused(odd, rows, "an Optimizer or a FullBatchOptimizer, got MseLoss()");
    }

    @Test
    void streamsAreNotTrainedOn() {
        Dataset<Row> stream = SharedSpark.session()
                .readStream()
                .format("rate")
                .load()
                .selectExpr("cast(value % 2 as double) as label", "array(cast(value as double)) as features");
        refused(classifier(), stream, "rows that come to an end, got a streaming DataFrame");
    }
}
