package io.sparknn.nn.layers;

import io.sparknn.tensor.Shape;
import org.apache.spark.ml.param.Param;

/**
 * What {@link LazyConv1d}, {@link LazyConv2d} and {@link LazyConv3d} have in common.
 *
 * @param <L> the layer it builds
 * @param <S> the lazy layer itself
 */
public abstract class LazyConvolution<L extends Convolution<L>, S extends LazyConvolution<L, S>>
        extends LazyConvNd<L, S> {
    private static final long serialVersionUID = 1L;

    LazyConvolution(int axes, int outChannels, int[] kernelSize, int groups, boolean bias) {
        super(axes, outChannels, kernelSize, groups, bias, SlideParams::withRules);
    }

    @Override
    final int[] weightChannels(int inChannels, int outputs, int groups) {
        return new int[] {outputs, inChannels == Shape.UNKNOWN ? Shape.UNKNOWN : inChannels / groups};
    }

    @Override
    final int inChannels(int first, int second, int groups) {
        return second * groups;
    }

    /**
     * Param: the elements added at both ends, for all axes or for each, as text such as {@code 1} or {@code 1, 2}; or {@code
     * same}, which keeps the size, or {@code valid}, which adds nothing, as by default.
     *
     * @return the Param
     */
    public final Param<String> padding() {
        return params.padding;
    }

    /**
     * Param: what is added, {@code zeros} (default), {@code reflect}, {@code replicate} or {@code circular}.
     *
     * @return the Param
     */
    public final Param<String> paddingMode() {
        return params.paddingMode;
    }

    /**
     * Sets how many elements are added at both ends of each axis.
     *
     * @param sizes one for all axes or one for each, at least 0
     * @return this
     */
    public final S setPadding(int... sizes) {
        params.setPadding(sizes);
        return self();
    }

    /**
     * Sets the rule by which elements are added at both ends of each axis.
     *
     * @param rule {@code same}, which keeps the size and wants an odd kernel; {@code valid}, which
     *     adds none; or numbers such as {@code 1, 2}
     * @return this
     */
    public final S setPadding(String rule) {
        params.setPadding(rule);
        return self();
    }

    /**
     * Sets what is added.
     *
     * @param mode {@code zeros}, {@code reflect}, {@code replicate} or {@code circular}
     * @return this
     */
    public final S setPaddingMode(String mode) {
        set(params.paddingMode, mode);
        return self();
    }
}
