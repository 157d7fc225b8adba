package io.sparknn.nn.layers;

import org.apache.spark.ml.param.Param;

/**
 * What {@link LazyConvTranspose1d}, {@link LazyConvTranspose2d} and {@link LazyConvTranspose3d} have in common.
 *
 * @param <L> the layer it builds
 * @param <S> the lazy layer itself
 */
public abstract class LazyTransposedConvolution<
                L extends TransposedConvolution<L>, S extends LazyTransposedConvolution<L, S>>
        extends LazyConvNd<L, S> {
    private static final long serialVersionUID = 1L;

    LazyTransposedConvolution(int axes, int outChannels, int[] kernelSize, int groups, boolean bias) {
        super(axes, outChannels, kernelSize, groups, bias, SlideParams::ofNumbers);
    }

    @Override
    final int[] weightChannels(int inChannels, int outputs, int groups) {
        return new int[] {inChannels, outputs / groups};
    }

    @Override
    final int inChannels(int first, int second, int groups) {
        return first;
    }

    /**
     * Param: the elements cut off at both ends of the output, for all axes or for each, as text such as {@code 1} or {@code
     * 1, 2}; none by default.
     *
     * @return the Param
     */
    public final Param<String> padding() {
        return params.padding;
    }

    /**
     * Param: how much longer the output is, for all axes or for each; 0 by default.
     *
     * @return the Param
     */
    public final Param<int[]> outputPadding() {
        return params.outputPadding;
    }

    /**
     * Param: the size of the output, for all axes or for each, in place of {@link #outputPadding}.
     *
     * @return the Param
     */
    public final Param<int[]> outputSize() {
        return params.outputSize;
    }

    /**
     * Sets how many elements are cut off at both ends of each axis of the output.
     *
     * @param sizes one for all axes or one for each, at least 0
     * @return this
     */
    public final S setPadding(int... sizes) {
        params.setPadding(sizes);
        return self();
    }

    /**
     * Sets how much longer the output is: with a stride, several sizes fit.
     *
     * @param sizes one for all axes or one for each, below stride or dilation
     * @return this
     */
    public final S setOutputPadding(int... sizes) {
        params.setSizes(params.outputPadding, 0, sizes);
        return self();
    }

    /**
     * Sets the size of the output: with a stride, several fit.
     *
     * @param sizes one for all axes or one for each, at least 1
     * @return this
     */
    public final S setOutputSize(int... sizes) {
        params.setSizes(params.outputSize, 1, sizes);
        return self();
    }
}
