package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Tanh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Networks in Pipelines within Pipelines, loaded before they are fitted, and in searches that fit several at a time. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class PipelinesTest {
    @TempDir
    private Path directory;

    private Dataset<Row> rows;

    @BeforeEach
    void cacheRows() {
        rows = Tables.clouds(150).cache();
    }

    @AfterEach
    void dropRows() {
        rows.unpersist();
    }

    private static NeuralNetworkClassifier classifier() {
        return new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear()))
                .setFeaturesCol("hidden")
                .setLearningRate(0.02)
                .setBatchSize(32)
                .setMaxEpochs(4)
                .setSeed(1);
    }

    /** MLlib's scaling, random features, and in a Pipeline of their own the network that is trained. */
    private static Pipeline nested(NeuralNetworkClassifier classifier) {
        Pipeline features = new Pipeline().setStages(new PipelineStage[] {
            new StandardScaler().setInputCol("features").setOutputCol("scaled").setWithMean(true),
            new LazySequential(new LazyLinear(16), new Tanh())
                    .setTrainable(false)
                    .setSeed(2)
                    .setInputCol("scaled")
                    .setOutputCol("hidden")
        });
        Pipeline network = new Pipeline().setStages(new PipelineStage[] {classifier});
        return new Pipeline().setStages(new PipelineStage[] {features, network});
    }

    private static List<Row> predictions(Transformer model, Dataset<Row> rows) {
        return model.transform(rows)
                .select("rawPrediction", "probability", "prediction")
                .collectAsList();
    }

    private static MulticlassClassificationEvaluator evaluator() {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy");
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void pipelinesWithinAPipelineAreLoadedBeforeTheyAreFittedAndAfter() throws IOException {
        Pipeline pipeline = nested(classifier());
        pipeline.save(at("pipeline"));
        PipelineModel model = pipeline.fit(rows);
        assertThat(evaluator().evaluate(model.transform(rows))).isGreaterThan(0.85);
        assertThat(model.transform(rows).columns())
                .containsExactly(pipeline.transformSchema(rows.schema()).fieldNames());
        Pipeline loaded = Pipeline.load(at("pipeline"));
        PipelineModel again = loaded.fit(rows);
        assertThat(predictions(again, rows)).isEqualTo(predictions(model, rows));
        assertThat(predictions(loaded.fit(rows), rows)).isEqualTo(predictions(model, rows));
        model.save(at("model"));
        assertThat(predictions(PipelineModel.load(at("model")), rows)).isEqualTo(predictions(model, rows));
    }

    @Test
    void aLoadedPipelineIsFittedToRowsOfAnotherWidth() throws IOException {
        nested(classifier()).save(at("pipeline"));
        PipelineModel narrow = Pipeline.load(at("pipeline")).fit(rows);
        Dataset<Row> wide = new VectorAssembler()
                .setInputCols(new String[] {"features", "label"})
                .setOutputCol("wide")
                .transform(rows)
                .drop("features")
                .withColumnRenamed("wide", "features");
        PipelineModel known = Pipeline.load(at("pipeline")).fit(wide);
        assertThat(evaluator().evaluate(known.transform(wide)))
                .isGreaterThanOrEqualTo(evaluator().evaluate(narrow.transform(rows)));
    }

    @Test
    void aSearchFitsSeveralNetworksAtATimeOnTheSlotsThatThereAre() throws IOException {
        NeuralNetworkClassifier classifier = classifier().setNumWorkers(2).setMaxEpochs(2);
        CrossValidatorModel model = new CrossValidator()
                .setEstimator(nested(classifier))
                .setEvaluator(evaluator())
                .setEstimatorParamMaps(new ParamGridBuilder()
                        .addGrid(classifier.<IntParam>setting("0.outFeatures"), new int[] {1, 8})
                        .addGrid(classifier.maxEpochs(), new int[] {1, 3})
                        .build())
                .setNumFolds(2)
                .setParallelism(4)
                .setSeed(1)
                .fit(rows);
        assertThat(model.avgMetrics()).hasSize(4).doesNotContain(0.0);
        assertThat(model.avgMetrics()[3]).isGreaterThan(model.avgMetrics()[0]);
        model.save(at("validated"));
        assertThat(predictions(CrossValidatorModel.load(at("validated")).bestModel(), rows))
                .isEqualTo(predictions(model.bestModel(), rows));
    }

    @Test
    void oneAgainstTheRestFitsItsClassifiersAtATime() {
        Dataset<Row> hidden = rows.withColumnRenamed("features", "hidden");
        OneVsRest rest = new OneVsRest().setClassifier(classifier()).setFeaturesCol("hidden");
        List<Row> oneByOne = rest.fit(hidden).transform(hidden).collectAsList();
        List<Row> together =
                rest.setParallelism(3).fit(hidden).transform(hidden).collectAsList();
        assertThat(together).isEqualTo(oneByOne);
    }

    @Test
    void aSplitForValidationSearchesTheRateOfARegression() throws IOException {
        Dataset<Row> line = Tables.line(150).cache();
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor()
                .setNetwork(new LazyLinear())
                .setMaxEpochs(3)
                .setBatchSize(32);
        TrainValidationSplitModel model = new TrainValidationSplit()
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {regressor}))
                .setEvaluator(new RegressionEvaluator())
                .setEstimatorParamMaps(new ParamGridBuilder()
                        .addGrid(regressor.learningRate(), new double[] {1e-6, 0.1})
                        .build())
                .setParallelism(2)
                .setSeed(1)
                .fit(line);
        assertThat(model.validationMetrics()[1]).isLessThan(model.validationMetrics()[0]);
        model.save(at("split"));
        assertThat(TrainValidationSplitModel.load(at("split")).transform(line).collectAsList())
                .isEqualTo(model.transform(line).collectAsList());
        line.unpersist();
    }
}
