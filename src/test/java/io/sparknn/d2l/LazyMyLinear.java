package io.sparknn.d2l;

import io.sparknn.nn.LazyLayer;
import io.sparknn.tensor.Shape;

/** A {@link MyLinear} whose weight gets its shape when the input is known. */
public final class LazyMyLinear extends LazyLayer<MyLinear> {
    private final int units;

    public LazyMyLinear(int units) {
        super(units);
        this.units = units;
    }

    @Override
    public MyLinear build(Shape input) {
        return new MyLinear(input.last(), units);
    }
}
