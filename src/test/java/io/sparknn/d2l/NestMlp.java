package io.sparknn.d2l;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Tensor;

/** A chain within a layer: children may be anything, and are given or made by the constructor. */
public final class NestMlp extends Layer {
    private final Sequential net;
    private final Linear linear;

    public NestMlp(int inFeatures) {
        this(
                new Sequential(new Linear(inFeatures, 64), new Relu(), new Linear(64, 32), new Relu()),
                new Linear(32, 16));
    }

    /** For the lazy twin, which knows the widths by then. */
    public NestMlp(Sequential net, Linear linear) {
        super(net, linear);
        this.net = addLayer("net", net);
        this.linear = addLayer("linear", linear);
    }

    @Override
    public Tensor forward(Tensor x) {
        return linear.forward(net.forward(x));
    }
}
