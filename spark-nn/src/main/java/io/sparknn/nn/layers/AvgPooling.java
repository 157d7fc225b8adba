package io.sparknn.nn.layers;

import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Window;
import org.apache.spark.ml.param.BooleanParam;

/**
 * What {@link AvgPool1d}, {@link AvgPool2d} and {@link AvgPool3d} have in common.
 *
 * @param <S> the layer itself
 */
public abstract class AvgPooling<S extends AvgPooling<S>> extends Pooling<S> {
    private static final long serialVersionUID = 1L;

    private final transient BooleanParam countIncludePad;

    AvgPooling(int axes, int... kernelSize) {
        super(axes, kernelSize);
        this.countIncludePad = new BooleanParam(id(), "countIncludePad", "whether added zeros count in the mean");
    }

    @Override
    final Tensor pool(Tensor x, Window window) {
        return x.avgPool(window, countsPadding());
    }

    private boolean countsPadding() {
        return !isSet(countIncludePad) || (Boolean) getOrDefault(countIncludePad);
    }

    /**
     * Param: whether the zeros added count in the mean, true by default.
     *
     * @return the Param
     */
    public final BooleanParam countIncludePad() {
        return countIncludePad;
    }

    /**
     * Sets whether the zeros added count in the mean.
     *
     * @param count whether they do
     * @return this
     */
    public final S setCountIncludePad(boolean count) {
        set(countIncludePad, count);
        return self();
    }

    @Override
    final String more() {
        return countsPadding() ? "" : ", padding not counted";
    }
}
