package io.sparknn.ml;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Module;
import io.sparknn.nn.ModuleParam;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Params of the network that an estimator trains.
 *
 * @param <S> the estimator itself, which setters return
 */
public interface NetworkParams<S extends NetworkParams<S>> extends Params {
    /**
     * Param: the network.
     *
     * @return the Param
     */
    default ModuleParam<Module> network() {
        return new ModuleParam<>(uid(), "network", "the network that is trained, lazy or ready", Module.class);
    }

    /**
     * The network.
     *
     * @return as it was set; fits train copies of it
     */
    default Module getNetwork() {
        return getOrDefault(network());
    }

    /**
     * Sets the network. Fitting does not change it: each fit trains one of its own.
     *
     * <p>The last lazy layer without a size takes it from the label, {@code LazyLinear()}. Values that layers have, as
     * loaded or set or trained before, are where training starts; others are drawn under the estimator's seed.
     *
     * @param network a chain, a single layer, or another module, lazy or ready
     * @return this
     */
    default S setNetwork(Module network) {
        return Settable.set(this, network(), network);
    }

    /**
     * Sets the network by a text. It is what {@code network().jsonEncode} gives: classes, arguments, Params, and values if
     * there are some.
     *
     * @param json the text
     * @return this
     * @throws IllegalArgumentException if it is not JSON of a network
     */
    default S setNetwork(String json) {
        set(network().name(), json);
        return setNetwork(getNetwork());
    }

    /**
     * A setting within the network as a Param of this estimator, for grids: what it is set to here goes before what the
     * layer has, and unlike the layer's own Param it can be saved with a CrossValidatorModel.
     *
     * <pre>{@code
     * new ParamGridBuilder().addGrid(classifier.<IntParam>setting("0.outFeatures"), new int[] {64, 128});
     * }</pre>
     *
     * @param path place and name, such as {@code 0.outFeatures}; of a container within, {@code 0.1.outFeatures}
     * @param <P> the kind of Param, such as IntParam
     * @return the Param
     * @throws IllegalArgumentException if there is none, with those there are
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // so that addGrid(IntParam, int[]) takes it
    default <P extends Param<?>> P setting(String path) {
        if (!isSet(network())) {
            throw new IllegalStateException(
                    Settable.who(this) + " expects a network before its settings, got none; call setNetwork first");
        }
        if (!hasParam(path)) {
            String known = Arrays.stream(params())
                    .map(Param::name)
                    .filter(name -> name.indexOf('.') > 0)
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    Settable.who(this) + " expects one of the settings " + known + ", got \"" + path + "\"");
        }
        return (P) getParam(path);
    }

    /**
     * Param: a network whose values training starts from.
     *
     * @return the Param
     */
    default ModuleParam<Layer> initialModel() {
        return new ModuleParam<>(
                uid(),
                "initialModel",
                "a trained network of the same layers, whose values training starts from",
                Layer.class);
    }

    /**
     * The network whose values training starts from.
     *
     * @return the network
     */
    default Layer getInitialModel() {
        return getOrDefault(initialModel());
    }

    /**
     * Starts training from the values of a trained network of the same layers.
     *
     * @param trained the network
     * @return this
     */
    default S setInitialModel(Layer trained) {
        return Settable.set(this, initialModel(), trained);
    }

    /**
     * Starts training from the values of a model; without a network of its own, the estimator trains a copy of the model's.
     *
     * @param model a model whose network has the same layers
     * @return this
     */
    default S setInitialModel(NetworkModel model) {
        return setInitialModel(model.network());
    }
}
