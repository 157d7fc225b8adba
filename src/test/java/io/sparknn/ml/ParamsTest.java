package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.loss.HuberLoss;
import io.sparknn.nn.loss.Loss;
import io.sparknn.nn.loss.MseLoss;
import io.sparknn.optim.Adam;
import io.sparknn.optim.Lbfgs;
import io.sparknn.optim.Sgd;
import io.sparknn.optim.StepLr;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import io.sparknn.train.Accuracy;
import io.sparknn.train.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.shared.HasWeightCol;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Params of the estimators: found by Spark, set by type and by name, checked, copied, reached by path. */
@Tag("fast")
final class ParamsTest {
    private static LazySequential network() {
        return new LazySequential(new LazyLinear(4), new Relu(), new Dropout(0.5), new LazyLinear());
    }

    static Stream<NeuralNetworkParams<?>> estimators() {
        return Stream.of(new NeuralNetworkClassifier(), new NeuralNetworkRegressor());
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void sparkFindsEveryParam(NeuralNetworkParams<?> estimator) {
        List<String> names = Arrays.stream(estimator.params()).map(Param::name).toList();
        assertThat(names)
                .contains("network", "loss", "optimizer", "learningRate", "schedule", "maxEpochs", "batchSize")
                .contains("numWorkers", "weightCol", "validationIndicatorCol", "patience", "minDelta", "restoreBest")
                .contains("clipNorm", "clipValue", "weightDecay", "seed", "shuffle", "checkpointDir", "syncEvery")
                .contains("checkpointInterval", "handleInvalid", "initialModel", "metrics", "verbose", "featuresCols")
                .contains("featuresCol", "labelCol", "predictionCol")
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(estimator.explainParams())
                .contains("maxEpochs: how often all rows are visited at most (default: 10)");
        assertThat(Arrays.stream(estimator.params()).map(Param::parent)).containsOnly(estimator.uid());
    }

    @Test
    void whatIsSetIsGot() {
        NeuralNetworkClassifier classifier = new NeuralNetworkClassifier("nnc")
                .setNetwork(network())
                .setOptimizer(new Sgd().withMomentum(0.9))
                .setSchedule(new StepLr(3, 0.5))
                .setMaxEpochs(7)
                .setBatchSize(32)
                .setNumWorkers(2)
                .setSyncEvery(4)
                .setPatience(3)
                .setMinDelta(0.01)
                .setRestoreBest(false)
                .setClipNorm(1)
                .setClipValue(2)
                .setWeightDecay(0.1)
                .setLabelSmoothing(0.2)
                .setClassWeights(1, 2)
                .setSeed(9)
                .setShuffle(false)
                .setCheckpointDir("here")
                .setCheckpointInterval(5)
                .setHandleInvalid("skip")
                .setVerbose(false)
                .setWeightCol("w")
                .setValidationIndicatorCol("v")
                .setMetrics(new Accuracy())
                .setFeaturesCols("a", "b")
                .setLabelCol("y")
                .setThresholds(new double[] {0.5, 0.5});
        assertThat(classifier.uid()).isEqualTo("nnc");
        assertThat(classifier.getOptimizer()).isEqualTo(new Sgd().withMomentum(0.9));
        assertThat(classifier.getSchedule()).isEqualTo(new StepLr(3, 0.5));
        assertThat(classifier.getMaxEpochs()).isEqualTo(7);
        assertThat(classifier.getBatchSize()).isEqualTo(32);
        assertThat(classifier.getNumWorkers()).isEqualTo(2);
        assertThat(classifier.getSyncEvery()).isEqualTo(4);
        assertThat(classifier.getPatience()).isEqualTo(3);
        assertThat(classifier.getMinDelta()).isEqualTo(0.01);
        assertThat(classifier.getRestoreBest()).isFalse();
        assertThat(classifier.getClipNorm()).isEqualTo(1);
        assertThat(classifier.getClipValue()).isEqualTo(2);
        assertThat(classifier.getWeightDecay()).isEqualTo(0.1);
        assertThat(classifier.getLabelSmoothing()).isEqualTo(0.2);
        assertThat(classifier.getClassWeights()).isEqualTo(ClassWeights.of(1, 2));
        assertThat(classifier.getSeed()).isEqualTo(9);
        assertThat(classifier.getShuffle()).isFalse();
        assertThat(classifier.getCheckpointDir()).isEqualTo("here");
        assertThat(classifier.getCheckpointInterval()).isEqualTo(5);
        assertThat(classifier.getHandleInvalid()).isEqualTo("skip");
        assertThat(classifier.getVerbose()).isFalse();
        assertThat(classifier.getWeightCol()).isEqualTo("w");
        assertThat(((HasWeightCol) classifier).weightCol().parent()).isEqualTo("nnc");
        assertThat(classifier.getValidationIndicatorCol()).isEqualTo("v");
        assertThat(classifier.getMetrics()).containsExactly(new Accuracy());
        assertThat(classifier.getFeaturesCols()).containsExactly("a", "b");
        assertThat(classifier.getLabelCol()).isEqualTo("y");
    }

    @Test
    void theLearningRateIsTheOptimizersUnlessSet() {
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor();
        assertThat(regressor.getOptimizer()).isEqualTo(new Adam());
        assertThat(regressor.getLearningRate()).isEqualTo(1e-3);
        assertThat(regressor.setOptimizer("sgd").getLearningRate()).isEqualTo(1e-2);
        assertThat(regressor.setOptimizer(new Lbfgs()).getLearningRate()).isEqualTo(1);
        assertThat(regressor.setLearningRate(0.3).getLearningRate()).isEqualTo(0.3);
    }

    @Test
    void optimizersAndLossesGoByName() {
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor();
        assertThat(regressor.setOptimizer("AdamW").getOptimizer().getClass().getSimpleName())
                .isEqualTo("AdamW");
        assertThat(regressor.setOptimizer("rmsprop").getOptimizer().getClass().getSimpleName())
                .isEqualTo("RmsProp");
        assertThat(regressor.setLoss("huber").getLoss()).isEqualTo(new HuberLoss());
        assertThat(regressor.setLoss("mse_loss").getLoss()).isEqualTo(new MseLoss());
        assertThatThrownBy(() -> regressor.setOptimizer("adm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NeuralNetworkRegressor(" + regressor.uid() + ") expects one of [adadelta, ")
                .hasMessageContaining("sgd]")
                .hasMessageContaining("got \"adm\"");
        assertThatThrownBy(() -> regressor.setLoss("mean"))
                .hasMessageContaining("crossentropy")
                .hasMessageContaining("mse");
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        NeuralNetworkClassifier classifier = new NeuralNetworkClassifier("nnc");
        Map<String, Runnable> refused = Map.of(
                "maxEpochs of 1 or more, got 0", () -> classifier.setMaxEpochs(0),
                "batchSize of 1 or more, got 0", () -> classifier.setBatchSize(0),
                "numWorkers of 0 or more, got -1", () -> classifier.setNumWorkers(-1),
                "learningRate above 0, got 0.0", () -> classifier.setLearningRate(0),
                "labelSmoothing from 0 to 1, got 2.0", () -> classifier.setLabelSmoothing(2),
                "clipNorm of 0 or more, got NaN", () -> classifier.setClipNorm(Double.NaN),
                "weights of 0 or more, got -1.0", () -> classifier.setClassWeights(1, -1),
                "the name \"balanced\", got \"even\"", () -> classifier.setClassWeights("even"));
        refused.forEach((message, call) -> assertThatThrownBy(call::run)
                .as(message)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
        assertThatThrownBy(() -> classifier.setMaxEpochs(0))
                .hasMessageStartingWith("NeuralNetworkClassifier(nnc) expects maxEpochs");
        assertThatThrownBy(() -> classifier.setHandleInvalid("ignore")).hasMessageContaining("handleInvalid");
    }

    /** Would be lost in a saved model, after hours of training. */
    @Test
    void whatCannotBeSavedIsRefusedWhenItIsSet() {
        Loss anonymous = new Loss() {
            private static final long serialVersionUID = 1L;

            @Override
            public Tensor forward(Tensor output, Tensor label) {
                return output;
            }
        };
        assertThatThrownBy(() -> new NeuralNetworkRegressor().setLoss(anonymous))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(anonymous.getClass().getName())
                .hasMessageContaining("make it a class of its own");
        assertThatThrownBy(() -> new NeuralNetworkRegressor().setMetrics(new Forgetful(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Forgetful expects all arguments of its constructor");
    }

    /** Does not tell what it was made from. */
    private static final class Forgetful extends Metric {
        private static final long serialVersionUID = 1L;

        private final transient int top;

        Forgetful(int top) {
            this.top = top;
        }

        @Override
        public int size() {
            return top;
        }

        @Override
        public void add(double[] sums, float[] output, float[] label, double weight) {}

        @Override
        public double value(double... sums) {
            return 0;
        }
    }

    @Test
    void sizesWithinTheNetworkAreParamsByPath() {
        NeuralNetworkClassifier classifier = new NeuralNetworkClassifier().setNetwork(network());
        IntParam size = classifier.setting("0.outFeatures");
        assertThat(size.parent()).isEqualTo(classifier.uid());
        assertThat(classifier.<Param<?>>setting("2.p").doc()).contains("dropped");
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(size, new int[] {8, 16})
                .addGrid(classifier.maxEpochs(), new int[] {1, 2})
                .build();
        assertThat(grid).hasSize(4);
        NeuralNetworkClassifier copy = classifier.copy(new ParamMap().put(size, 16));
        assertThat(copy.getOrDefault(copy.<IntParam>setting("0.outFeatures"))).isEqualTo(16);
        assertThat(classifier.isSet(size)).isFalse();
        assertThatThrownBy(() -> classifier.setting("0.width"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.outFeatures")
                .hasMessageContaining("got \"0.width\"");
        assertThatThrownBy(() -> new NeuralNetworkClassifier().setting("0.outFeatures"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call setNetwork first");
    }

    @Test
    void aReadyNetworkAndASingleLayerHaveSettingsToo() {
        NeuralNetworkClassifier ready = new NeuralNetworkClassifier()
                .setNetwork(new Sequential(new Linear(2, 3), new Sequential(new Dropout(0.1))));
        assertThat(ready.<Param<?>>setting("1.0.p")).isNotNull();
        NeuralNetworkClassifier single = new NeuralNetworkClassifier().setNetwork(new LazyLinear());
        assertThat(single.hasParam("outFeatures")).isTrue();
        single.set(single.<IntParam>setting("outFeatures"), 3);
        single.setSeed(4);
        assertThat(single.getSeed()).isEqualTo(4);
    }

    @Test
    void aCopyHasANetworkOfItsOwnWithParamsOfItsLayers() {
        LazyLinear first = new LazyLinear(4);
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor()
                .setNetwork(new LazySequential(first, new LazyLinear(1)))
                .setMaxEpochs(3);
        NeuralNetworkRegressor copy =
                regressor.copy(new ParamMap().put(first.outFeatures(), 9).put(regressor.maxEpochs(), 5));
        Shape input = Shape.of(Shape.UNKNOWN, 2);
        assertThat(copy.getNetwork()).isNotSameAs(regressor.getNetwork());
        assertThat(copy.getNetwork().build(input).parameter("0.weight").shape()).isEqualTo(Shape.of(9, 2));
        assertThat(regressor.getNetwork().build(input).parameter("0.weight").shape())
                .isEqualTo(Shape.of(4, 2));
        assertThat(copy.getMaxEpochs()).isEqualTo(5);
        assertThat(copy.uid()).isEqualTo(regressor.uid());
    }

    @Test
    void aNetworkIsItsDefinitionAndValuesAsJson() {
        NeuralNetworkClassifier classifier = new NeuralNetworkClassifier();
        Module lazy = classifier.network().jsonDecode(classifier.network().jsonEncode(network()));
        assertThat(lazy).hasToString(network().toString());
        Linear ready = new Linear(2, 1);
        ready.parameter("bias").set(Tensor.of(3));
        Module again = classifier.network().jsonDecode(classifier.network().jsonEncode(ready));
        assertThat(((Linear) again).parameter("bias").value().toArray()).containsExactly(3);
        assertThatThrownBy(() -> classifier
                        .initialModel()
                        .jsonDecode(classifier.network().jsonEncode(network())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("initialModel expects JSON of a Layer");
    }

    @Test
    void aGridMayGiveOtherNetworks() {
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor().setNetwork(new LazyLinear());
        ParamMap other = new ParamMap().put(regressor.network(), network());
        assertThat(regressor.copy(other).getNetwork()).isInstanceOf(LazySequential.class);
        assertThat(regressor.copy(other).<IntParam>setting("0.outFeatures")).isNotNull();
    }
}
