package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.loss.HuberLoss;
import io.sparknn.optim.Sgd;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a server of Spark Connect asks of estimators: to be found by ServiceLoader, to be made by uid, Params as text. */
@Tag("fast")
final class ConnectTest {
    /** As the server does: the classes, not objects of them. A class that does not fit lets all of them fail. */
    private static <T extends PipelineStage> List<Class<? extends T>> services(Class<T> type) {
        return ServiceLoader.load(type).stream()
                .map(ServiceLoader.Provider::type)
                .collect(Collectors.toList());
    }

    @Test
    @SuppressWarnings("rawtypes") // the kind of stage that the server asks for
    void theServerFindsTheEstimatorsAndSparksOwn() throws Exception {
        List<Class<? extends Estimator>> estimators = services(Estimator.class);
        assertThat(estimators).contains(NeuralNetworkClassifier.class, NeuralNetworkRegressor.class);
        for (Class<?> type : estimators) {
            PipelineStage made =
                    (PipelineStage) type.getConstructor(String.class).newInstance("some_uid");
            assertThat(made.uid()).isEqualTo("some_uid");
        }
    }

    @Test
    void theServerFindsTheModelsAndHowToLoadThem() throws Exception {
        List<Class<? extends Transformer>> models = services(Transformer.class);
        assertThat(models).contains(NeuralNetworkClassificationModel.class, NeuralNetworkRegressionModel.class);
        for (Class<?> type : models) {
            assertThat(Modifier.isStatic(type.getMethod("load", String.class).getModifiers()))
                    .isTrue();
        }
        assertThat(new NeuralNetworkClassificationModel().predictRaw(Vectors.dense(1, 2)))
                .isEqualTo(Vectors.dense(1, 2));
        assertThat(new NeuralNetworkRegressionModel().network()).hasToString("Identity()");
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"}) // as the server does, who knows no types
    void paramsOfObjectsTakeTexts() {
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor();
        LazySequential network = new LazySequential(new LazyLinear(3), new Relu(), new LazyLinear());
        regressor.set(
                (org.apache.spark.ml.param.Param) regressor.network(),
                regressor.network().jsonEncode(network));
        assertThat(regressor.getNetwork()).hasToString(network.toString());
        regressor.set((org.apache.spark.ml.param.Param) regressor.optimizer(), "sgd");
        assertThat(regressor.getOptimizer()).isEqualTo(new Sgd());
        regressor.set(
                (org.apache.spark.ml.param.Param) regressor.loss(),
                regressor.loss().jsonEncode(new HuberLoss(2)));
        assertThat(regressor.getLoss()).isEqualTo(new HuberLoss(2));
        assertThat(regressor
                        .setNetwork(regressor.network().jsonEncode(new LazyLinear(5)))
                        .getNetwork())
                .hasToString(new LazyLinear(5).toString());
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        NeuralNetworkClassifier classifier = new NeuralNetworkClassifier("c");
        assertThatThrownBy(() -> classifier.setNetwork("\"a name\""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("c expects JSON of a Module for network, got \"a name\"; give it what network().jsonEncode"
                        + " makes of one");
        assertThatThrownBy(() -> classifier.setNetwork("Linear(2, 3)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("network expects JSON of a Module, got");
        assertThat(classifier.isSet(classifier.network())).isFalse();
    }
}
