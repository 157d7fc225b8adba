package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;

/**
 * A {@link LayerNorm} that finds the sizes of the axes it normalises.
 *
 * <ul>
 *   <li>input: (N, ..., normalizedShape) with any sizes
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: an input that has no more axes than are normalised. PyTorch has no such twin.
 *
 * <pre>{@code
 * LayerNorm norm = new LazyLayerNorm().build(Shape.of(4, 3, 10));
 * norm.parameter("weight").shape();           // (10)
 * }</pre>
 */
public final class LazyLayerNorm extends LazyLastAxes<LayerNorm, LazyLayerNorm> {
    private static final long serialVersionUID = 1L;

    private final double eps;
    private final boolean elementwiseAffine;
    private final boolean bias;
    private final String text;

    /** Over the last axis, with weight and bias, and an eps of 1e-5. */
    public LazyLayerNorm() {
        this(1);
    }

    /**
     * With weight and bias, and an eps of 1e-5.
     *
     * @param axes how many last axes are normalised, together
     */
    public LazyLayerNorm(int axes) {
        this(axes, NormArguments.EPS, true, true);
    }

    /**
     * A layer normalisation to be.
     *
     * @param axes how many last axes are normalised, together
     * @param eps added to variances
     * @param elementwiseAffine whether there are weight and bias
     * @param bias whether there is a bias beside the weight
     */
    public LazyLayerNorm(int axes, double eps, boolean elementwiseAffine, boolean bias) {
        super(axes, names(elementwiseAffine, bias), axes, eps, elementwiseAffine, bias);
        NormArguments.checkEps("LazyLayerNorm", eps);
        this.eps = eps;
        this.elementwiseAffine = elementwiseAffine;
        this.bias = bias;
        boolean isDefault = eps == NormArguments.EPS && elementwiseAffine && bias;
        this.text = isDefault
                ? "LazyLayerNorm(" + (axes == 1 ? ")" : axes + ")")
                : "LazyLayerNorm" + NormArguments.text("(", axes, eps, elementwiseAffine, bias);
    }

    private static String[] names(boolean elementwiseAffine, boolean bias) {
        if (!elementwiseAffine) {
            return new String[0];
        }
        return bias ? new String[] {"weight", "bias"} : new String[] {"weight"};
    }

    @Override
    LayerNorm of(int... normalizedShape) {
        return new LayerNorm(normalizedShape, eps, elementwiseAffine, bias);
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyLayerNorm load(String path) {
        return (LazyLayerNorm) LazyLayer.load(path);
    }
}
