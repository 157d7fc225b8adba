package io.sparknn.nn.layers;

import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * What {@link LazyConvTranspose1d}, {@link LazyConvTranspose2d} and {@link LazyConvTranspose3d} have in common.
 *
 * @param <L> the layer it builds
 * @param <S> the lazy layer itself
 */
public abstract class LazyTransposedConvolution<
                L extends TransposedConvolution<L>, S extends LazyTransposedConvolution<L, S>>
        extends StandardLazyLayer<L, S> {
    private static final long serialVersionUID = 1L;

    private final int axes;
    private final int groups;
    private final boolean bias;
    private final transient IntParam outChannels;
    private final transient IntArrayParam kernelSize;
    private final transient SlideParams params;

    LazyTransposedConvolution(int axes, int outChannels, int[] kernelSize, int groups, boolean bias) {
        super(outChannels, kernelSize.clone(), groups, bias);
        String layer = getClass().getSimpleName();
        this.axes = axes;
        this.groups = Sizes.positive(layer, "groups", groups);
        this.bias = bias;
        this.params = SlideParams.ofNumbers(this, axes);
        this.outChannels = new IntParam(id(), "outChannels", "channels of the output", ParamValidators.gt(0));
        this.kernelSize = new IntArrayParam(this, "kernelSize", "size of the window, for all axes or for each");
        set(this.outChannels, Sizes.positive(layer, "outChannels", outChannels));
        Convolution.divides(layer, "outChannels", outChannels, groups);
        params.setSizes(this.kernelSize, 1, kernelSize);
    }

    /** Makes the ready layer. */
    abstract L make(int inChannels, int outputs, int[] kernel, int groups, boolean bias);

    /** The window's Params of the ready layer. */
    abstract SlideParams params(L layer);

    /** Rows of one size, also in arrays of arrays: there is no window over rows that differ in length. */
    @Override
    public final Reading reading(int input, int count) {
        return Reading.grid();
    }

    @Override
    protected final L create(Shape... inputs) {
        Shape input = inputs[0];
        Images.check(who(), axes, Shape.UNKNOWN, input);
        Convolution.divides(who(), "inChannels", input.dim(1), groups);
        Convolution.divides(who(), "outChannels", outputs(), groups);
        L layer = make(input.dim(1), outputs(), kernel(), groups, bias);
        params.copyTo(layer, params(layer));
        return layer;
    }

    private int outputs() {
        return (Integer) getOrDefault(outChannels);
    }

    private int[] kernel() {
        return params.sizes(kernelSize, 1);
    }

    @Override
    protected final Map<String, Shape> parameterShapes(Shape input) {
        int channels = input.rank() == axes + 2 ? input.dim(1) : Shape.UNKNOWN;
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("weight", weightShape(channels));
        if (bias) {
            shapes.put("bias", Shape.of(outputs()));
        }
        return shapes;
    }

    private Shape weightShape(int channels) {
        return Shape.of(Convolution.weightShape(channels, outputs() / groups, kernel()));
    }

    /** The channels; how large images are, the weights do not tell. */
    @Override
    protected final Shape inputShape(Map<String, Shape> weights) {
        Shape weight = weights.get("weight");
        if (weight == null || weight.rank() != axes + 2) {
            throw new IllegalArgumentException(
                    who() + " expects a weight of rank " + (axes + 2) + ", got the weights " + weights);
        }
        int[] dims = new int[axes + 2];
        Arrays.fill(dims, Shape.UNKNOWN);
        dims[1] = weight.dim(0);
        return Shape.of(dims);
    }

    /**
     * Param: the channels of the output.
     *
     * @return the Param
     */
    public final IntParam outChannels() {
        return outChannels;
    }

    /**
     * Param: the size of the window, for all axes or for each.
     *
     * @return the Param
     */
    public final Param<int[]> kernelSize() {
        return kernelSize;
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
     * Sets the channels of the output.
     *
     * @param channels at least 1
     * @return this
     */
    public final S setOutChannels(int channels) {
        set(outChannels, channels);
        return self();
    }

    /**
     * Sets the size of the window.
     *
     * @param sizes one for all axes or one for each, at least 1
     * @return this
     */
    public final S setKernelSize(int... sizes) {
        params.setSizes(kernelSize, 1, sizes);
        return self();
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
        return getClass().getSimpleName() + "(" + outputs() + ", " + Sizes.text(kernel()) + params.text()
                + (groups == 1 ? "" : ", groups " + groups) + (bias ? ")" : ", no bias)");
    }
}
