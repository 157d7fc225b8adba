package io.sparknn.d2l;

import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.Module;
import io.sparknn.tensor.Shape;

/** A {@link Parallel} of networks that may be lazy. */
public final class LazyParallel extends LazyLayer<Parallel> {
    private final Module net1;
    private final Module net2;

    public LazyParallel(Module net1, Module net2) {
        super(net1, net2);
        this.net1 = net1;
        this.net2 = net2;
    }

    @Override
    public Parallel build(Shape input) {
        return new Parallel(ready(net1, input), ready(net2, input));
    }
}
