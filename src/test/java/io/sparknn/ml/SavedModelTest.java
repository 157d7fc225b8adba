package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.ChildJvm;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.HuberLoss;
import io.sparknn.nn.loss.MseLoss;
import io.sparknn.optim.AdamW;
import io.sparknn.optim.MultiStepLr;
import io.sparknn.optim.Schedule;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import io.sparknn.train.Accuracy;
import io.sparknn.train.EpochRecord;
import io.sparknn.train.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimators and models come back from files as they were. */
final class SavedModelTest {
    private static final Shape TWO = Shape.of(Shape.UNKNOWN, 2);

    @TempDir
    private Path directory;

    @BeforeAll
    static void startSpark() {
        SharedSpark.session();
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    /** A schedule of a user's own. */
    static final class Halving extends Schedule {
        private static final long serialVersionUID = 1L;

        private final int every;

        Halving(int every) {
            super(every);
            this.every = every;
        }

        @Override
        public double rate(double base, int epoch, double... losses) {
            return base / (1 << (epoch / every));
        }
    }

    /** A metric of a user's own. */
    static final class Misses extends Metric {
        private static final long serialVersionUID = 1L;

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void add(double[] sums, float[] output, float[] label, double weight) {
            sums[0] += weight;
        }

        @Override
        public double value(double... sums) {
            return sums[0];
        }
    }

    @Test
    void anEstimatorKeepsItsParamsAndItsLazyNetwork() throws IOException {
        NeuralNetworkClassifier classifier = new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear(4), new Relu(), new LazyLinear()))
                .setOptimizer(new AdamW().withBetas(0.8, 0.9).withoutDecayOn("bias"))
                .setSchedule(new Halving(3))
                .setLoss(new CrossEntropyLoss().withLabelSmoothing(0.1))
                .setMetrics(new Accuracy(), new Misses())
                .setClassWeights("balanced")
                .setThresholds(new double[] {0.4, 0.6})
                .setFeaturesCols("a", "b")
                .setMaxEpochs(3)
                .setSeed(5);
        classifier.set(classifier.<IntParam>setting("0.outFeatures"), 6);
        classifier.save(path("classifier"));
        NeuralNetworkClassifier loaded = NeuralNetworkClassifier.load(path("classifier"));
        assertThat(loaded.uid()).isEqualTo(classifier.uid());
        assertThat(loaded.getOptimizer()).isEqualTo(classifier.getOptimizer());
        assertThat(loaded.getSchedule()).isEqualTo(new Halving(3));
        assertThat(loaded.getLoss()).isEqualTo(classifier.getLoss());
        assertThat(loaded.getMetrics()).containsExactly(new Accuracy(), new Misses());
        assertThat(loaded.getClassWeights()).isEqualTo(ClassWeights.balanced());
        assertThat(loaded.getThresholds()).containsExactly(0.4, 0.6);
        assertThat(loaded.getFeaturesCols()).containsExactly("a", "b");
        assertThat(loaded.getMaxEpochs()).isEqualTo(3);
        assertThat(loaded.getSeed()).isEqualTo(5);
        assertThat(loaded.getBatchSize()).isEqualTo(128);
        assertThat(loaded.getOrDefault(loaded.<IntParam>setting("0.outFeatures")))
                .isEqualTo(6);
        assertThat(loaded.getNetwork()).hasToString(classifier.getNetwork().toString());
        assertThatThrownBy(() -> classifier.save(path("classifier"))).isInstanceOf(IOException.class);
        classifier.write().overwrite().save(path("classifier"));
    }

    @Test
    void anEstimatorKeepsTheValuesOfAReadyNetworkAndWhereItStarts() throws IOException {
        Sequential network = new Sequential(new Linear(2, 3), new Linear(3, 1));
        network.parameter("1.bias").set(Tensor.of(7));
        Sequential initial = (Sequential) network.copy(ParamMap.empty());
        initial.parameter("1.bias").set(Tensor.of(8));
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor()
                .setNetwork(network)
                .setInitialModel(NeuralNetworkRegressionModel.of(initial, new MseLoss(), TWO))
                .setSchedule(new MultiStepLr(0.1, 3, 5))
                .setLoss(new HuberLoss(0.5));
        new Pipeline().setStages(new PipelineStage[] {regressor}).save(path("pipeline"));
        NeuralNetworkRegressor loaded =
                (NeuralNetworkRegressor) Pipeline.load(path("pipeline")).getStages()[0];
        assertThat(((Layer) loaded.getNetwork()).parameter("1.bias").value().toArray())
                .containsExactly(7);
        assertThat(((Layer) loaded.getNetwork()).parameter("0.weight").value().toArray())
                .containsExactly(network.parameter("0.weight").value().toArray());
        assertThat(loaded.getInitialModel().parameter("1.bias").value().toArray())
                .containsExactly(8);
        assertThat(loaded.getSchedule()).isEqualTo(new MultiStepLr(0.1, 3, 5));
        assertThat(loaded.getLoss()).isEqualTo(new HuberLoss(0.5));
    }

    @Test
    void anEstimatorWithoutANetworkIsSavedToo() throws IOException {
        new NeuralNetworkRegressor("nnr").setMaxEpochs(4).save(path("empty"));
        NeuralNetworkRegressor loaded = NeuralNetworkRegressor.load(path("empty"));
        assertThat(loaded.getMaxEpochs()).isEqualTo(4);
        assertThat(loaded.isSet(loaded.network())).isFalse();
    }

    private static NeuralNetworkClassificationModel model() {
        Sequential network = new Sequential(new Linear(2, 4), new Relu(), new Linear(4, 3));
        network.setSeed(3);
        EpochRecord epoch = new EpochRecord(1, 0.1, Double.NaN, Map.of("accuracy", 0.9), 0.01, 1.5, 2.5);
        TrainingSummary summary = new TrainingSummary(network.summary(), List.of(epoch), 1, "ran all epochs");
        Trained trained = new Trained(network, new Shape[] {TWO}, false, new String[] {"a", "b", "c"}, summary);
        NeuralNetworkClassificationModel model = new NeuralNetworkClassificationModel("model", trained);
        model.set(model.loss(), new CrossEntropyLoss());
        return model;
    }

    @Test
    void aModelKeepsNetworkParamsAndSummary() throws IOException {
        NeuralNetworkClassificationModel model = model();
        model.setThresholds(new double[] {0.1, 0.2, 0.7}).setPredictionCol("class");
        model.save(path("model"));
        NeuralNetworkClassificationModel loaded = NeuralNetworkClassificationModel.load(path("model"));
        Dataset<Row> rows = Tables.clouds(60);
        assertThat(loaded.transform(rows).collectAsList())
                .isEqualTo(model.transform(rows).collectAsList());
        assertThat(loaded.transform(rows).schema())
                .isEqualTo(model.transform(rows).schema());
        assertThat(loaded.getPredictionCol()).isEqualTo("class");
        assertThat(loaded.getLoss()).isEqualTo(new CrossEntropyLoss());
        assertThat(loaded.summary().toString()).isEqualTo(model.summary().toString());
        assertThat(loaded.summary().epochs().get(0).validationLoss()).isNaN();
        assertThat(loaded.summary().epochs().get(0).metrics()).containsEntry("accuracy", 0.9);
        assertThat(loaded.numClasses()).isEqualTo(3);
    }

    @Test
    void theNetworkOfASavedModelIsALayer() throws IOException {
        NeuralNetworkClassificationModel model = model();
        model.save(path("model"));
        Sequential layer = Sequential.load(path("model"));
        assertThat(layer.parameter("0.weight").value().toArray())
                .containsExactly(model.network().parameter("0.weight").value().toArray());
        assertThat(directory.resolve("model/weights.safetensors")).exists();
    }

    @Test
    void aModelIsSavedWithinAPipelineModel() throws IOException {
        NeuralNetworkClassificationModel model = model();
        PipelineModel pipeline =
                new Pipeline().setStages(new PipelineStage[] {model}).fit(Tables.clouds(3));
        pipeline.save(path("pipeline"));
        Dataset<Row> rows = Tables.clouds(30);
        assertThat(PipelineModel.load(path("pipeline")).transform(rows).collectAsList())
                .isEqualTo(model.transform(rows).collectAsList());
    }

    /** Loads the models saved by {@link #aFreshJvmScoresTheSame} and prints what they predict. */
    static final class Scoring {
        private Scoring() {}

        public static void main(String... arguments) {
            SharedSpark.session();
            PipelineModel pipeline =
                    (PipelineModel) TrainValidationSplitModel.load(arguments[0]).bestModel();
            System.out.print(text(pipeline));
        }
    }

    private static String text(PipelineModel pipeline) {
        List<String> rows = new ArrayList<>();
        pipeline.transform(Tables.clouds(20))
                .select("features", "rawPrediction", "probability", "prediction")
                .collectAsList()
                .forEach(row -> rows.add(row.toString()));
        NeuralNetworkClassificationModel model = (NeuralNetworkClassificationModel) pipeline.stages()[0];
        return rows + " " + model.summary();
    }

    @Test
    void aFreshJvmScoresTheSame() throws IOException {
        NeuralNetworkClassifier classifier = new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear(4), new Relu(), new LazyLinear()))
                .setMaxEpochs(2)
                .setNumWorkers(1);
        TrainValidationSplitModel model = new TrainValidationSplit()
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {classifier}))
                .setEvaluator(new MulticlassClassificationEvaluator())
                .setEstimatorParamMaps(new ParamMap[] {ParamMap.empty()})
                .fit(Tables.clouds(60));
        model.save(path("split"));
        String printed = ChildJvm.run(directory.resolve("log").toFile(), Scoring.class, path("split"));
        assertThat(printed).isEqualTo(text((PipelineModel) model.bestModel()));
    }

    @Test
    void aDamagedFileIsRefusedByItsName() throws IOException {
        model().save(path("model"));
        Files.writeString(directory.resolve("model/model.json"), "{\"format\": 1}");
        assertThatThrownBy(() -> NeuralNetworkClassificationModel.load(path("model")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(path("model"))
                .hasMessageContaining("damaged");
        Files.writeString(directory.resolve("model/model.json"), "{\"format\": 2}");
        assertThatThrownBy(() -> NeuralNetworkClassificationModel.load(path("model")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("later version");
    }
}
