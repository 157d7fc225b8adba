package io.sparknn.d2l;

import io.sparknn.nn.LazyLayer;
import io.sparknn.tensor.Shape;

/** An {@link Mlp} that finds the width of its input. */
public final class LazyMlp extends LazyLayer<Mlp> {
    private final int units;
    private final int outFeatures;

    public LazyMlp(int units, int outFeatures) {
        super(units, outFeatures);
        this.units = units;
        this.outFeatures = outFeatures;
    }

    @Override
    public Mlp build(Shape input) {
        return new Mlp(input.last(), units, outFeatures);
    }
}
