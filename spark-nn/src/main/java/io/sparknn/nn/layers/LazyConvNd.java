package io.sparknn.nn.layers;

import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLayer;
import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/**
 * What lazy convolutions and their transposes have in common.
 *
 * @param <L> the layer it builds
 * @param <S> the lazy layer itself
 */
public abstract class LazyConvNd<L extends StandardLayer<L>, S extends LazyConvNd<L, S>>
        extends StandardLazyLayer<L, S> {
    private static final long serialVersionUID = 1L;

    private final int axes;
    private final int groups;
    private final boolean bias;
    private final transient IntParam outChannels;
    private final transient IntArrayParam kernelSize;
    final transient SlideParams params;

    LazyConvNd(int axes, int outChannels, int[] kernelSize, int groups, boolean bias, SlideParams.Kind slides) {
        super(outChannels, kernelSize.clone(), groups, bias);
        String layer = getClass().getSimpleName();
        this.axes = axes;
        this.groups = Sizes.positive(layer, "groups", groups);
        this.bias = bias;
        this.params = slides.of(this, axes);
        this.outChannels =
                new IntParam(id(), "outChannels", "channels of the output", Valid.positive(layer, "outChannels"));
        this.kernelSize = new IntArrayParam(this, "kernelSize", "size of the window, for all axes or for each");
        set(this.outChannels, outChannels);
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

    /** The first two sizes of the weight, of input channels that may be unknown. */
    abstract int[] weightChannels(int inChannels, int outputs, int groups);

    /** What those tell of the input. */
    abstract int inChannels(int first, int second, int groups);

    private Shape weightShape(int inChannels) {
        int[] first = weightChannels(inChannels, outputs(), groups);
        return Shape.of(Convolution.weightShape(first[0], first[1], kernel()));
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
        dims[1] = inChannels(weight.dim(0), weight.dim(1), groups);
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
    final S self() {
        return (S) this;
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "(" + outputs() + ", " + Sizes.text(kernel()) + params.text()
                + (groups == 1 ? "" : ", groups " + groups) + (bias ? ")" : ", no bias)");
    }
}
