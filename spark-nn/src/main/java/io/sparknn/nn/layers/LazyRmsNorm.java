package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;

/**
 * A {@link RmsNorm} that finds the sizes of the axes it normalises.
 *
 * <ul>
 *   <li>input: (N, ..., normalizedShape) with any sizes
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: an input that has no more axes than are normalised. PyTorch has no such twin.
 *
 * <pre>{@code
 * RmsNorm norm = new LazyRmsNorm().build(Shape.of(4, 3, 10));
 * norm.parameter("weight").shape();           // (10)
 * }</pre>
 */
public final class LazyRmsNorm extends LazyLastAxes<RmsNorm, LazyRmsNorm> {
    private static final long serialVersionUID = 1L;

    private final Double eps;
    private final boolean elementwiseAffine;
    private final String text;

    /** Over the last axis, with a weight, and an eps of 2⁻²³. */
    public LazyRmsNorm() {
        this(1);
    }

    /**
     * With a weight, and an eps of 2⁻²³.
     *
     * @param axes how many last axes are normalised, together
     */
    public LazyRmsNorm(int axes) {
        this(axes, null, true);
    }

    /**
     * A normalisation to be.
     *
     * @param axes how many last axes are normalised, together
     * @param eps added to mean squares; null for 2⁻²³
     * @param elementwiseAffine whether there is a weight
     */
    public LazyRmsNorm(int axes, Double eps, boolean elementwiseAffine) {
        super(axes, elementwiseAffine ? new String[] {"weight"} : new String[0], axes, eps, elementwiseAffine);
        NormArguments.checkEps("LazyRmsNorm", eps == null ? 0 : eps);
        this.eps = eps;
        this.elementwiseAffine = elementwiseAffine;
        this.text = eps == null && elementwiseAffine
                ? "LazyRmsNorm(" + (axes == 1 ? ")" : axes + ")")
                : "LazyRmsNorm" + NormArguments.text("(", axes, eps, elementwiseAffine);
    }

    @Override
    RmsNorm of(int... normalizedShape) {
        return new RmsNorm(normalizedShape, eps, elementwiseAffine);
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
    public static LazyRmsNorm load(String path) {
        return (LazyRmsNorm) LazyLayer.load(path);
    }
}
