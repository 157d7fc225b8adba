package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.SharedSpark;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.optim.Adam;
import io.sparknn.optim.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches over settings by Spark's own tools, with models that are saved and load again. */
final class TuningTest {
    @TempDir
    private Path directory;

    private static NeuralNetworkClassifier classifier() {
        return new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear(1), new Relu(), new LazyLinear()))
                .setLearningRate(0.02)
                .setBatchSize(32)
                .setMaxEpochs(4)
                .setNumWorkers(1)
                .setSeed(1);
    }

    private static MulticlassClassificationEvaluator evaluator() {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy");
    }

    private static CrossValidator validator(Estimator<?> estimator, ParamMap... grid) {
        return new CrossValidator()
                .setEstimator(estimator)
                .setEvaluator(evaluator())
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setSeed(1);
    }

    private static NeuralNetworkClassificationModel network(Model<?> best) {
        return (NeuralNetworkClassificationModel)
                (best instanceof PipelineModel pipeline ? pipeline.stages()[pipeline.stages().length - 1] : best);
    }

    private void comesBack(CrossValidatorModel model, Dataset<Row> rows) throws IOException {
        String path = directory.resolve("validated").toString();
        model.save(path);
        CrossValidatorModel loaded = CrossValidatorModel.load(path);
        assertThat(loaded.avgMetrics()).isEqualTo(model.avgMetrics());
        assertThat(predictions(loaded.bestModel(), rows)).isEqualTo(predictions(model.bestModel(), rows));
        assertThat(loaded.getEstimatorParamMaps()).hasSameSizeAs(model.getEstimatorParamMaps());
    }

    private static List<Row> predictions(Transformer model, Dataset<Row> rows) {
        return model.transform(rows)
                .select("rawPrediction", "probability", "prediction")
                .collectAsList();
    }

    @Test
    void aCrossValidatorSearchesSizesWithinTheNetworkOfAPipeline() throws IOException {
        Dataset<Row> rows = Tables.clouds(150).cache();
        StandardScaler scaler = new StandardScaler().setInputCol("features").setOutputCol("scaled");
        NeuralNetworkClassifier classifier = classifier().setFeaturesCol("scaled");
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.<IntParam>setting("0.outFeatures"), new int[] {1, 12})
                .build();
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {scaler, classifier});
        CrossValidatorModel model = validator(pipeline, grid).fit(rows);
        assertThat(model.avgMetrics()[1]).isGreaterThan(model.avgMetrics()[0]);
        assertThat(network(model.bestModel())
                        .network()
                        .parameter("0.weight")
                        .shape()
                        .dim(0))
                .isEqualTo(12);
        comesBack(model, rows);
        CrossValidatorModel loaded =
                CrossValidatorModel.load(directory.resolve("validated").toString());
        assertThat(loaded.getEstimatorParamMaps()[1].toString()).contains("0.outFeatures: 12");
        rows.unpersist();
    }

    @Test
    void networksAndOptimizersAreSearchedAndSaved() throws IOException {
        Dataset<Row> rows = Tables.clouds(150).cache();
        NeuralNetworkClassifier classifier = classifier();
        Module wide = new LazySequential(new LazyLinear(12), new Relu(), new LazyLinear());
        ParamMap[] grid = {
            new ParamMap().put(classifier.network(), wide).put(classifier.optimizer(), new Adam()),
            new ParamMap()
                    .put(classifier.network(), new LazyLinear())
                    .put(classifier.optimizer(), new Sgd().withMomentum(0.5))
        };
        CrossValidatorModel model = validator(classifier, grid).fit(rows);
        comesBack(model, rows);
        CrossValidatorModel loaded =
                CrossValidatorModel.load(directory.resolve("validated").toString());
        ParamMap first = loaded.getEstimatorParamMaps()[0];
        assertThat(first.apply(classifier.network())).hasToString(wide.toString());
        assertThat(loaded.getEstimatorParamMaps()[1].apply(classifier.optimizer()))
                .isEqualTo(new Sgd().withMomentum(0.5));
        rows.unpersist();
    }

    @Test
    void aSplitForValidationSearchesRates() throws IOException {
        Dataset<Row> rows = Tables.clouds(150).cache();
        NeuralNetworkClassifier classifier = classifier().setNetwork(new LazyLinear());
        TrainValidationSplitModel model = new TrainValidationSplit()
                .setEstimator(classifier)
                .setEvaluator(evaluator())
                .setEstimatorParamMaps(new ParamGridBuilder()
                        .addGrid(classifier.learningRate(), new double[] {1e-6, 0.1})
                        .build())
                .setSeed(1)
                .fit(rows);
        assertThat(model.validationMetrics()[1]).isGreaterThan(model.validationMetrics()[0]);
        String path = directory.resolve("split").toString();
        model.save(path);
        assertThat(predictions(TrainValidationSplitModel.load(path).bestModel(), rows))
                .isEqualTo(predictions(model.bestModel(), rows));
        rows.unpersist();
    }

    @Test
    void oneAgainstTheRestTakesIt() throws IOException {
        SharedSpark.session();
        Dataset<Row> rows = Tables.clouds(150).cache();
        OneVsRestModel model = new OneVsRest()
                .setClassifier(classifier().setNetwork(new LazyLinear()))
                .fit(rows);
        assertThat(evaluator().evaluate(model.transform(rows))).isGreaterThan(0.6);
        String path = directory.resolve("rest").toString();
        model.save(path);
        assertThat(OneVsRestModel.load(path).transform(rows).collectAsList())
                .isEqualTo(model.transform(rows).collectAsList());
        rows.unpersist();
    }
}
