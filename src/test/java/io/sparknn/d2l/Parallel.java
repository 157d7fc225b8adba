package io.sparknn.d2l;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;

/** Two networks on the same input, their outputs side by side. */
public final class Parallel extends Layer {
    private final Layer net1;
    private final Layer net2;

    public Parallel(Layer net1, Layer net2) {
        super(net1, net2);
        this.net1 = addLayer("net1", net1);
        this.net2 = addLayer("net2", net2);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Tensor.cat(-1, net1.forward(x), net2.forward(x));
    }
}
