package io.sparknn.ml;

import io.sparknn.nn.Module;
import io.sparknn.nn.Settings;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;

/** The settings by path of the network that an estimator has at the moment. */
final class NetworkSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    // Found again from the estimator they travelled with.
    private transient Module network;
    private transient Settings settings;

    /** Own Params and those by path. */
    synchronized Param<?>[] with(NetworkParams<?> estimator, Param<?>... own) {
        Settings current = current(estimator, own);
        return current == null ? own : current.with(own);
    }

    /** The settings, or null without a network. Not by isSet, which asks for all Params. */
    private Settings current(NetworkParams<?> estimator, Param<?>... own) {
        ParamMap set = estimator.paramMap();
        Module now = set.contains(estimator.network()) ? set.apply(estimator.network()) : null;
        if (now != network) {
            Set<String> taken = Arrays.stream(own).map(Param::name).collect(Collectors.toSet());
            settings = now == null ? null : Settings.ofNetwork(estimator.uid(), now, taken);
            network = now;
        }
        return settings;
    }

    /** The network with what is set by path. */
    synchronized Module applied(NetworkParams<?> estimator, Param<?>... own) {
        Settings current = current(estimator, own);
        return current == null ? null : current.applied(estimator, network);
    }

    /** Gives a copy of an estimator its Params and a network of its own; Params of the network's layers reach it. */
    static <E extends NetworkParams<?>> E copy(E from, E to, ParamMap extra) {
        ParamMap all = from.extractParamMap(extra);
        // First of all: Params by path are there only with the network.
        if (all.contains(from.network())) {
            to.set(to.network(), (Module) ((Params) all.apply(from.network())).copy(extra));
        }
        Module network = to.isSet(to.network()) ? to.getNetwork() : null;
        from.copyValues(to, extra);
        if (network != null) {
            to.set(to.network(), network);
        }
        return to;
    }
}
