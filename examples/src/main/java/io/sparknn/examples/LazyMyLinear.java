package io.sparknn.examples;

import io.sparknn.nn.LazyLayer;
import io.sparknn.tensor.Shape;

/**
 * A {@link MyLinear} that finds the width of its input.
 *
 * <ul>
 *   <li>input: (N, inUnits) with any inUnits
 *   <li>output: (N, units)
 * </ul>
 *
 * <pre>{@code
 * MyLinear layer = new LazyMyLinear(3).build(Shape.of(2, 5));
 * layer.parameter("weight").shape();                       // (5, 3)
 * }</pre>
 */
public final class LazyMyLinear extends LazyLayer<MyLinear> {
    private final int units;

    /**
     * A fully connected layer to be.
     *
     * @param units width of the output
     */
    public LazyMyLinear(int units) {
        super(units);
        this.units = units;
    }

    @Override
    public MyLinear build(Shape input) {
        return new MyLinear(input.last(), units);
    }
}
