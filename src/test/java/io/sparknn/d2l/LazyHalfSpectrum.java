package io.sparknn.d2l;

import io.sparknn.nn.LazyLayer;
import io.sparknn.tensor.Shape;

/** A {@link HalfSpectrum} of rows of any length. */
public final class LazyHalfSpectrum extends LazyLayer<HalfSpectrum> {
    public LazyHalfSpectrum() {}

    @Override
    public HalfSpectrum build(Shape input) {
        return new HalfSpectrum(input.last());
    }
}
