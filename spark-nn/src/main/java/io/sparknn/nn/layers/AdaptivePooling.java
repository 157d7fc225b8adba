package io.sparknn.nn.layers;

import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;

/**
 * What layers have in common whose output has the same size whatever that of the input.
 *
 * @param <S> the layer itself
 */
public abstract class AdaptivePooling<S extends AdaptivePooling<S>> extends StandardLayer<S> {
    private static final long serialVersionUID = 1L;

    private final int[] outputSize;

    AdaptivePooling(int axes, int... outputSize) {
        super(outputSize.clone());
        String layer = getClass().getSimpleName();
        this.outputSize = Sizes.each(layer, "outputSize", axes, Shape.UNKNOWN, outputSize);
        for (int size : this.outputSize) {
            if (size != Shape.UNKNOWN) {
                Sizes.positive(layer, "outputSize", size);
            }
        }
    }

    /** Takes the values. */
    abstract Tensor pool(Tensor x, int... sizes);

    /** Rows of one size, also in arrays of arrays: there is no window over rows that differ in length. */
    @Override
    public final Reading reading(int input, int count) {
        return Reading.grid();
    }

    @Override
    public final Tensor forward(Tensor x) {
        Images.check(getClass().getSimpleName(), outputSize.length, Shape.UNKNOWN, x.shape());
        return pool(x, outputSize);
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "(" + Sizes.text(outputSize) + ")";
    }
}
