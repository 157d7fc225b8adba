package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.IntParam;

/**
 * A {@link Bilinear} that finds the widths of its two inputs.
 *
 * <ul>
 *   <li>inputs: (N, ..., in1Features) and (N, ..., in2Features) with any widths
 *   <li>output: (N, ..., outFeatures)
 * </ul>
 *
 * <p>Errors: other than two inputs; an input of width 0. PyTorch has no such twin.
 *
 * <pre>{@code
 * Bilinear bilinear = new LazyBilinear(3).build(Shape.of(2, 5), Shape.of(2, 4));
 * bilinear.parameter("weight").shape();       // (3, 5, 4)
 * }</pre>
 */
public final class LazyBilinear extends StandardLazyLayer<Bilinear, LazyBilinear> {
    private static final long serialVersionUID = 1L;

    private final boolean bias;
    private final transient IntParam outFeatures;

    /**
     * A bilinear form with bias.
     *
     * @param outFeatures width of the output, at least 1
     */
    public LazyBilinear(int outFeatures) {
        this(outFeatures, true);
    }

    /**
     * A bilinear form.
     *
     * @param outFeatures width of the output, at least 1
     * @param bias whether a bias is added
     */
    public LazyBilinear(int outFeatures, boolean bias) {
        super(outFeatures, bias);
        this.bias = bias;
        this.outFeatures =
                new IntParam(id(), "outFeatures", "width of the output", Valid.positive("LazyBilinear", "outFeatures"));
        set(this.outFeatures, outFeatures);
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
    public LazyBilinear setOutFeatures(int size) {
        set(outFeatures, size);
        return this;
    }

    private int size() {
        return (Integer) getOrDefault(outFeatures);
    }

    @Override
    protected int maxInputs() {
        return 2;
    }

    @Override
    protected Bilinear create(Shape... inputs) {
        if (inputs.length != 2) {
            throw new IllegalArgumentException(
                    who() + " expects 2 inputs, got " + inputs.length + "; call setInputCols with two columns");
        }
        return new Bilinear(width(inputs[0]), width(inputs[1]), size(), bias);
    }

    private int width(Shape input) {
        if (input.rank() < 1 || input.last() < 1) {
            throw new IllegalArgumentException(
                    who() + " expects inputs of width 1 or more, got shape " + input + "; name columns of vectors");
        }
        return input.last();
    }

    @Override
    public Shape outputShape(Shape... inputs) {
        return inputs.length == 2 && inputs[0].rank() > 0 ? inputs[0].with(-1, size()) : super.outputShape(inputs);
    }

    @Override
    protected Map<String, Shape> parameterShapes(Shape input) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("weight", Shape.of(size(), Shape.UNKNOWN, Shape.UNKNOWN));
        if (bias) {
            shapes.put("bias", Shape.of(size()));
        }
        return shapes;
    }

    @Override
    protected Shape[] inputShapes(Map<String, Shape> weights) {
        Shape weight = weights.get("weight");
        if (weight == null || weight.rank() != 3) {
            throw new IllegalArgumentException(who() + " expects a weight of rank 3, got the weights " + weights);
        }
        return new Shape[] {Shape.of(Shape.UNKNOWN, weight.dim(1)), Shape.of(Shape.UNKNOWN, weight.dim(2))};
    }

    @Override
    public String toString() {
        return "LazyBilinear(" + size() + (bias ? ")" : ", false)");
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyBilinear load(String path) {
        return (LazyBilinear) LazyLayer.load(path);
    }
}
