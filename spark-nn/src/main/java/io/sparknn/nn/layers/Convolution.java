package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.PadMode;
import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Window;
import org.apache.spark.ml.param.Param;

/**
 * What {@link Conv1d}, {@link Conv2d} and {@link Conv3d} have in common.
 *
 * @param <S> the layer itself
 */
public abstract class Convolution<S extends Convolution<S>> extends StandardLayer<S> {
    private static final long serialVersionUID = 1L;

    private final int inChannels;
    private final int groups;
    private final int[] kernelSize;
    private final Parameter weight;
    private final Parameter bias;
    private final transient SlideParams params;

    Convolution(int axes, int inChannels, int outChannels, int[] kernelSize, int groups, boolean bias) {
        super(inChannels, outChannels, kernelSize.clone(), groups, bias);
        String layer = getClass().getSimpleName();
        this.kernelSize = checked(layer, axes, inChannels, outChannels, kernelSize, groups);
        this.inChannels = inChannels;
        this.groups = groups;
        this.params = SlideParams.withRules(this, axes);
        int[] shape = weightShape(outChannels, inChannels / groups, this.kernelSize);
        Init init = init(shape);
        this.weight = addParameter("weight", init, shape);
        this.bias = bias ? addParameter("bias", init, outChannels) : null;
    }

    /** The kernel along each axis. */
    static int[] checked(String layer, int axes, int inChannels, int outChannels, int[] kernelSize, int groups) {
        Sizes.positive(layer, "inChannels", inChannels);
        Sizes.positive(layer, "outChannels", outChannels);
        Sizes.positive(layer, "groups", groups);
        divides(layer, "inChannels", inChannels, groups);
        divides(layer, "outChannels", outChannels, groups);
        return Sizes.each(layer, "kernelSize", axes, 1, kernelSize);
    }

    static void divides(String layer, String name, int channels, int groups) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(layer + " expects " + name + " to be a multiple of groups, got "
                    + channels + " channels in " + groups + " groups; change one of them");
        }
    }

    static int[] weightShape(int first, int second, int... kernelSize) {
        int[] shape = new int[kernelSize.length + 2];
        shape[0] = first;
        shape[1] = second;
        System.arraycopy(kernelSize, 0, shape, 2, kernelSize.length);
        return shape;
    }

    /** PyTorch's: uniform over one over the root of what one output sees, which axis 1 of the weight tells. */
    static Init init(int... weightShape) {
        double seen = 1;
        for (int axis = 1; axis < weightShape.length; axis++) {
            seen *= weightShape[axis];
        }
        double bound = 1 / Math.sqrt(seen);
        return Init.uniform(-bound, bound);
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
        PadMode mode = PadMode.of(params.mode());
        if (mode == PadMode.ZEROS) {
            return x.conv(weight, bias, window, groups);
        }
        return x.pad(mode, window.before(), window.after()).conv(weight, bias, window.padding(0), groups);
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
     * Param: the distance of neighbours in the window, for all axes or for each; 1 by default.
     *
     * @return the Param
     */
    public final Param<int[]> dilation() {
        return params.dilation;
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
        return getClass().getSimpleName() + "(" + inChannels + ", "
                + weight.shape().dim(0) + ", "
                + Sizes.text(kernelSize) + params.text() + (groups == 1 ? "" : ", groups " + groups)
                + (bias == null ? ", no bias)" : ")");
    }
}
