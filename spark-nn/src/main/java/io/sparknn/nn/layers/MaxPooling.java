package io.sparknn.nn.layers;

import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Window;
import org.apache.spark.ml.param.Param;

/**
 * What {@link MaxPool1d}, {@link MaxPool2d} and {@link MaxPool3d} have in common.
 *
 * @param <S> the layer itself
 */
public abstract class MaxPooling<S extends MaxPooling<S>> extends Pooling<S> {
    private static final long serialVersionUID = 1L;

    MaxPooling(int axes, int... kernelSize) {
        super(axes, kernelSize);
    }

    @Override
    final Tensor pool(Tensor x, Window window) {
        return x.maxPool(window);
    }

    /**
     * Param: the distance of neighbours in the window, for all axes or for each; 1 by default.
     *
     * @return the Param
     */
    public final Param<int[]> dilation() {
        return slideParams().dilation;
    }

    /**
     * Sets the distance of neighbours in the window.
     *
     * @param steps one for all axes or one for each, at least 1
     * @return this
     */
    public final S setDilation(int... steps) {
        slideParams().setSizes(slideParams().dilation, 1, steps);
        return self();
    }
}
