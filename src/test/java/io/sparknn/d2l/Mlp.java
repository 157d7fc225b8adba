package io.sparknn.d2l;

import io.sparknn.nn.Layer;
import io.sparknn.nn.layers.Linear;
import io.sparknn.tensor.Tensor;

/** Two affine maps with a rectifier between them, as named children. */
public final class Mlp extends Layer {
    private final Linear hidden;
    private final Linear out;

    public Mlp(int inFeatures, int units, int outFeatures) {
        super(inFeatures, units, outFeatures);
        hidden = addLayer("hidden", new Linear(inFeatures, units));
        out = addLayer("out", new Linear(units, outFeatures));
    }

    @Override
    public Tensor forward(Tensor x) {
        return out.forward(hidden.forward(x).relu());
    }
}
