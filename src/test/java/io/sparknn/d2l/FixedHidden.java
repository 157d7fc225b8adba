package io.sparknn.d2l;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.layers.Linear;
import io.sparknn.tensor.Tensor;

/** An affine map used twice, with a constant matrix that is not trained between its two uses. */
public final class FixedHidden extends Layer {
    private final Parameter constant;
    private final Linear linear;

    public FixedHidden() {
        constant = addBuffer("rand_weight", Init.uniform(0, 1), 20, 20);
        linear = addLayer("linear", new Linear(20, 20));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor hidden = linear.forward(x).matmul(constant).add(1).relu();
        return linear.forward(hidden);
    }
}
