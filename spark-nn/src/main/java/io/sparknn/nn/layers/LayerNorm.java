package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * Layer normalisation: the last axes of each row with mean 0 and variance 1, together, then scaled and shifted by learnt
 * values.
 *
 * <p>{@code y = (x - mean) / √(var + eps) · weight + bias}
 *
 * <ul>
 *   <li>input: (N, ..., normalizedShape)
 *   <li>output: the same shape
 *   <li>weight, bias: normalizedShape, ones and zeros; none without elementwiseAffine
 * </ul>
 *
 * <p>Errors: other last sizes. Source: Ba, Kiros and Hinton, "Layer Normalization", 2016, arXiv:1607.06450; PyTorch's
 * {@code nn.LayerNorm}.
 *
 * <pre>{@code
 * LayerNorm norm = new LayerNorm(10);
 * norm.forward(Tensor.rand(4, 3, 10)).shape();            // (4, 3, 10)
 * }</pre>
 */
public final class LayerNorm extends StandardLayer<LayerNorm> {
    private static final long serialVersionUID = 1L;

    private final LastAxes normalized;
    private final double eps;
    private final boolean elementwiseAffine;
    private final Parameter weight;
    private final Parameter bias;

    /**
     * With weight and bias, and an eps of 1e-5.
     *
     * @param normalizedShape the sizes of the last axes, one or more
     */
    public LayerNorm(int... normalizedShape) {
        this(normalizedShape, NormArguments.EPS, true, true);
    }

    /**
     * A layer normalisation.
     *
     * @param normalizedShape the sizes of the last axes, one or more
     * @param eps added to variances
     * @param elementwiseAffine whether there are weight and bias
     * @param bias whether there is a bias beside the weight
     */
    public LayerNorm(int[] normalizedShape, double eps, boolean elementwiseAffine, boolean bias) {
        super(normalizedShape.clone(), eps, elementwiseAffine, bias);
        NormArguments.checkEps("LayerNorm", eps);
        this.normalized = new LastAxes("LayerNorm", normalizedShape);
        this.eps = eps;
        this.elementwiseAffine = elementwiseAffine;
        this.weight = elementwiseAffine ? addParameter("weight", Init.ones(), normalizedShape) : null;
        this.bias = elementwiseAffine && bias ? addParameter("bias", Init.zeros(), normalizedShape) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        normalized.require(who(), x.shape());
        return x.layerNorm(normalized.sizes(), weight, bias, eps);
    }

    @Override
    protected int[] inputSizes() {
        int[] built = super.inputSizes();
        return built != null ? built : normalized.inputSizes();
    }

    @Override
    public String toString() {
        boolean isDefault = eps == NormArguments.EPS && bias != null;
        return "LayerNorm"
                + (isDefault ? normalized : NormArguments.text("(", normalized, eps, elementwiseAffine, bias != null));
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static LayerNorm load(String path) {
        return (LayerNorm) Layer.load(path);
    }
}
