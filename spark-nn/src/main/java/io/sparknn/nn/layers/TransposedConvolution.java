package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Window;
import org.apache.spark.ml.param.Param;

/**
 * What {@link ConvTranspose1d}, {@link ConvTranspose2d} and {@link ConvTranspose3d} have in common.
 *
 * @param <S> the layer itself
 */
public abstract class TransposedConvolution<S extends TransposedConvolution<S>> extends StandardLayer<S> {
    private static final long serialVersionUID = 1L;

    private final int inChannels;
    private final int outChannels;
    private final int groups;
    private final int[] kernelSize;
    private final Parameter weight;
    private final Parameter bias;
    private final transient SlideParams params;

    TransposedConvolution(int axes, int inChannels, int outChannels, int[] kernelSize, int groups, boolean bias) {
        super(inChannels, outChannels, kernelSize.clone(), groups, bias);
        String layer = getClass().getSimpleName();
        this.kernelSize = Convolution.checked(layer, axes, inChannels, outChannels, kernelSize, groups);
        this.inChannels = inChannels;
        this.outChannels = outChannels;
        this.groups = groups;
        this.params = SlideParams.ofNumbers(this, axes);
        int[] shape = Convolution.weightShape(inChannels, outChannels / groups, this.kernelSize);
        Init init = Convolution.init(shape);
        this.weight = addParameter("weight", init, shape);
        this.bias = bias ? addParameter("bias", init, outChannels) : null;
    }

    /** Rows of one size, also in arrays of arrays: there is no window over rows that differ in length. */
    @Override
    public final Reading reading(int input, int count) {
        return Reading.grid();
    }

    @Override
    public final Tensor forward(Tensor x) {
        Images.check(getClass().getSimpleName(), kernelSize.length, inChannels, x.shape());
        Window window = params.window(kernelSize, 1);
        return x.convTranspose(weight, bias, window, groups, outputPadding(window, x.shape()));
    }

    private int[] outputPadding(Window window, Shape input) {
        if (!isSet(params.outputSize)) {
            return params.sizes(params.outputPadding, 0, 0);
        }
        int[] more = params.sizes(params.outputSize, 1);
        int[] stride = params.sizes(params.stride, 1, 1);
        for (int axis = 0; axis < more.length; axis++) {
            int least = window.covered(axis, input.dim(axis + 2));
            int most = least + stride[axis] - 1;
            if (more[axis] < least || more[axis] > most) {
                throw new IllegalArgumentException(getClass().getSimpleName() + " expects an outputSize from " + least
                        + " to " + most + " on axis " + (axis + 2) + " for an input of shape " + input + ", got "
                        + more[axis] + "; give it a size that its stride can reach");
            }
            more[axis] -= least;
        }
        return more;
    }

    final SlideParams slideParams() {
        return params;
    }

    /**
     * Param: how far the window moves, for all axes or for each; 1 by default.
     *
     * @return the Param
     */
    public final Param<int[]> stride() {
        return params.stride;
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
     * Param: the distance of neighbours in the window, for all axes or for each; 1 by default.
     *
     * @return the Param
     */
    public final Param<int[]> dilation() {
        return params.dilation;
    }

    /**
     * Sets how far the window moves over the output from one element of the input to the next.
     *
     * @param steps one for all axes or one for each, at least 1
     * @return this
     */
    public final S setStride(int... steps) {
        params.setSizes(params.stride, 1, steps);
        return self();
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

    /**
     * Sets the distance of neighbours in the window.
     *
     * @param steps one for all axes or one for each, at least 1
     * @return this
     */
    public final S setDilation(int... steps) {
        params.setSizes(params.dilation, 1, steps);
        return self();
    }

    @SuppressWarnings("unchecked")
    private S self() {
        return (S) this;
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "(" + inChannels + ", " + outChannels + ", " + Sizes.text(kernelSize)
                + params.text() + (groups == 1 ? "" : ", groups " + groups) + (bias == null ? ", no bias)" : ")");
    }
}
