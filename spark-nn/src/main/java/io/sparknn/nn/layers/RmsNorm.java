package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * Normalisation by the root mean square: the last axes of each row with mean square 1, together, then scaled by learnt
 * values.
 *
 * <p>{@code y = x / √(mean(x²) + eps) · weight}
 *
 * <ul>
 *   <li>input: (N, ..., normalizedShape)
 *   <li>output: the same shape
 *   <li>weight: normalizedShape, ones; none without elementwiseAffine
 * </ul>
 *
 * <p>Errors: other last sizes. Source: Zhang and Sennrich, "Root Mean Square Layer Normalization", 2019,
 * arXiv:1910.07467; PyTorch's {@code nn.RMSNorm}.
 *
 * <pre>{@code
 * RmsNorm norm = new RmsNorm(10);
 * norm.forward(Tensor.rand(4, 3, 10)).shape();            // (4, 3, 10)
 * }</pre>
 */
public final class RmsNorm extends StandardLayer<RmsNorm> {
    private static final long serialVersionUID = 1L;

    /** What PyTorch takes without an eps: the distance from 1 to the next float. */
    private static final double DEFAULT_EPS = Math.ulp(1f);

    private final LastAxes normalized;
    private final Double eps;
    private final Parameter weight;

    /**
     * With a weight, and an eps of 2⁻²³.
     *
     * @param normalizedShape the sizes of the last axes, one or more
     */
    public RmsNorm(int... normalizedShape) {
        this(normalizedShape, null, true);
    }

    /**
     * A normalisation by the root mean square.
     *
     * @param normalizedShape the sizes of the last axes, one or more
     * @param eps added to mean squares; null for 2⁻²³
     * @param elementwiseAffine whether there is a weight
     */
    public RmsNorm(int[] normalizedShape, Double eps, boolean elementwiseAffine) {
        super(normalizedShape.clone(), eps, elementwiseAffine);
        NormArguments.checkEps("RmsNorm", eps == null ? 0 : eps);
        this.normalized = new LastAxes("RmsNorm", normalizedShape);
        this.eps = eps;
        this.weight = elementwiseAffine ? addParameter("weight", Init.ones(), normalizedShape) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        normalized.require(who(), x.shape());
        return x.rmsNorm(normalized.sizes(), weight, eps == null ? DEFAULT_EPS : eps);
    }

    @Override
    protected int[] inputSizes() {
        int[] built = super.inputSizes();
        return built != null ? built : normalized.inputSizes();
    }

    @Override
    public String toString() {
        boolean isDefault = eps == null && weight != null;
        return "RmsNorm" + (isDefault ? normalized : NormArguments.text("(", normalized, eps, weight != null));
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static RmsNorm load(String path) {
        return (RmsNorm) Layer.load(path);
    }
}
