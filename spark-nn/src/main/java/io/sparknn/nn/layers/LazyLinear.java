package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.IntParam;

/**
 * A {@link Linear} that finds the width of its input: from the column's metadata, the first row, or the layer before.
 *
 * <ul>
 *   <li>input: (N, ..., inFeatures) with any inFeatures
 *   <li>output: (N, ..., outFeatures)
 * </ul>
 *
 * <p>Errors: an input of width 0; building one whose output size was left open. Source: PyTorch's
 * {@code nn.LazyLinear}.
 *
 * <pre>{@code
 * Linear linear = new LazyLinear(10).build(Shape.of(32, 100));
 * linear.parameter("weight").shape();         // (10, 100)
 * }</pre>
 */
public final class LazyLinear extends StandardLazyLayer<Linear, LazyLinear> {
    private static final long serialVersionUID = 1L;

    private final boolean bias;
    private final transient IntParam outFeatures;

    /** An affine map whose output size a classifier or regressor takes from the label. */
    public LazyLinear() {
        this(Shape.UNKNOWN, true);
    }

    /**
     * An affine map with bias.
     *
     * @param outFeatures width of the output, at least 1
     */
    public LazyLinear(int outFeatures) {
        this(Sizes.positive("LazyLinear", "outFeatures", outFeatures), true);
    }

    /**
     * An affine map.
     *
     * @param outFeatures width of the output, at least 1; {@link Shape#UNKNOWN} if the label tells
     * @param bias whether a bias is added
     */
    public LazyLinear(int outFeatures, boolean bias) {
        super(outFeatures, bias);
        this.bias = bias;
        this.outFeatures =
                new IntParam(id(), "outFeatures", "width of the output", Valid.positive("LazyLinear", "outFeatures"));
        if (outFeatures != Shape.UNKNOWN) {
            set(this.outFeatures, outFeatures);
        }
    }

    /**
     * Param: the width of the output.
     *
     * @return the Param
     */
    public IntParam outFeatures() {
        return outFeatures;
    }

    /**
     * Sets the width of the output.
     *
     * @param size at least 1
     * @return this
     */
    public LazyLinear setOutFeatures(int size) {
        set(outFeatures, size);
        return this;
    }

    @Override
    protected Linear create(Shape... inputs) {
        if (!isSet(outFeatures)) {
            throw new IllegalStateException(
                    who() + " expects a width for its output, got none; call setOutFeatures, or use"
                            + " it as the last layer of a classifier or regressor, which takes it from the label");
        }
        return new Linear(width(inputs[0]), size(), bias);
    }

    private int width(Shape input) {
        if (input.rank() < 1 || input.last() < 1) {
            throw new IllegalArgumentException(
                    who() + " expects an input of width 1 or more, got shape " + input + "; name a column of vectors");
        }
        return input.last();
    }

    /** The width stays open if the label tells it. */
    @Override
    public Shape outputShape(Shape input) {
        width(input.rank() > 0 && input.last() == Shape.UNKNOWN ? input.with(-1, 1) : input);
        return input.with(-1, size());
    }

    @Override
    protected IntParam openSize() {
        return isSet(outFeatures) ? null : outFeatures;
    }

    private int size() {
        return isSet(outFeatures) ? (Integer) getOrDefault(outFeatures) : Shape.UNKNOWN;
    }

    @Override
    protected Map<String, Shape> parameterShapes(Shape input) {
        int out = size();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("weight", Shape.of(out, input.rank() < 1 ? Shape.UNKNOWN : input.last()));
        if (bias) {
            shapes.put("bias", Shape.of(out));
        }
        return shapes;
    }

    @Override
    protected Shape inputShape(Map<String, Shape> weights) {
        Shape weight = weights.get("weight");
        if (weight == null || weight.rank() != 2) {
            throw new IllegalArgumentException(who() + " expects a weight of rank 2, got the weights " + weights);
        }
        return Shape.of(Shape.UNKNOWN, weight.dim(1));
    }

    @Override
    public String toString() {
        return "LazyLinear(" + (isSet(outFeatures) ? size() : "?") + (bias ? ")" : ", false)");
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyLinear load(String path) {
        return (LazyLinear) LazyLayer.load(path);
    }
}
