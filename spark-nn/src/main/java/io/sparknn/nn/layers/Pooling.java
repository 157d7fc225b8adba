package io.sparknn.nn.layers;

import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Window;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;

/**
 * What layers have in common that take one value from each place of a window.
 *
 * @param <S> the layer itself
 */
public abstract class Pooling<S extends Pooling<S>> extends StandardLayer<S> {
    private static final long serialVersionUID = 1L;

    private final int[] kernelSize;
    private final transient SlideParams params;
    private final transient BooleanParam ceilMode;

    Pooling(int axes, int... kernelSize) {
        super(kernelSize.clone());
        this.kernelSize = Sizes.each(getClass().getSimpleName(), "kernelSize", axes, 1, kernelSize);
        this.params = SlideParams.ofNumbers(this, axes);
        this.ceilMode = new BooleanParam(id(), "ceilMode", "whether a window counts that sticks out behind");
    }

    /** Takes the values. */
    abstract Tensor pool(Tensor x, Window window);

    /** Rows of one size, also in arrays of arrays: there is no window over rows that differ in length. */
    @Override
    public final Reading reading(int input, int count) {
        return Reading.grid();
    }

    @Override
    public final Tensor forward(Tensor x) {
        Images.check(getClass().getSimpleName(), kernelSize.length, Shape.UNKNOWN, x.shape());
        return pool(x, params.window(kernelSize, kernelSize).ceil(isCeil()));
    }

    private boolean isCeil() {
        return isSet(ceilMode) && (Boolean) getOrDefault(ceilMode);
    }

    final SlideParams slideParams() {
        return params;
    }

    /**
     * Param: how far the window moves, for all axes or for each; by default its own size.
     *
     * @return the Param
     */
    public final Param<int[]> stride() {
        return params.stride;
    }

    /**
     * Param: the elements added at both ends, for all axes or for each, as text such as {@code 1} or {@code 1, 2}; none by
     * default.
     *
     * @return the Param
     */
    public final Param<String> padding() {
        return params.padding;
    }

    /**
     * Param: whether a last window counts that sticks out of the padded input, false by default.
     *
     * @return the Param
     */
    public final BooleanParam ceilMode() {
        return ceilMode;
    }

    /**
     * Sets how far the window moves.
     *
     * @param steps one for all axes or one for each, at least 1
     * @return this
     */
    public final S setStride(int... steps) {
        params.setSizes(params.stride, 1, steps);
        return self();
    }

    /**
     * Sets how many elements are added at both ends of each axis.
     *
     * @param sizes one for all axes or one for each, at least 0, at most half the window
     * @return this
     */
    public final S setPadding(int... sizes) {
        params.setPadding(sizes);
        return self();
    }

    /**
     * Sets whether a last window counts that sticks out of the padded input: sizes are rounded up then, not down.
     *
     * @param ceil whether it does
     * @return this
     */
    public final S setCeilMode(boolean ceil) {
        set(ceilMode, ceil);
        return self();
    }

    @SuppressWarnings("unchecked")
    final S self() {
        return (S) this;
    }

    /** What a subclass sets beyond this. */
    String more() {
        return "";
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "(" + Sizes.text(kernelSize) + params.text() + (isCeil() ? ", ceil" : "")
                + more() + ")";
    }
}
