package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The affine map of the last axis.
 *
 * <p>{@code y = x · weightᵀ + bias}
 *
 * <ul>
 *   <li>input: (N, ..., inFeatures)
 *   <li>output: (N, ..., outFeatures)
 *   <li>weight: (outFeatures, inFeatures), uniform over ±1/√inFeatures
 *   <li>bias: (outFeatures), uniform over ±1/√inFeatures
 * </ul>
 *
 * <p>Errors: an input of another width. Source: PyTorch's {@code nn.Linear}.
 *
 * <pre>{@code
 * Linear linear = new Linear(8, 3);
 * linear.forward(Tensor.rand(2, 8)).shape();  // (2, 3)
 * }</pre>
 */
public final class Linear extends StandardLayer<Linear> {
    private static final long serialVersionUID = 1L;

    private final int inFeatures;
    private final Parameter weight;
    private final Parameter bias;

    /**
     * An affine map with bias.
     *
     * @param inFeatures width of the input, at least 1
     * @param outFeatures width of the output, at least 1
     */
    public Linear(int inFeatures, int outFeatures) {
        this(inFeatures, outFeatures, true);
    }

    /**
     * An affine map.
     *
     * @param inFeatures width of the input, at least 1
     * @param outFeatures width of the output, at least 1
     * @param bias whether a bias is added
     */
    public Linear(int inFeatures, int outFeatures, boolean bias) {
        super(inFeatures, outFeatures, bias);
        Sizes.positive("Linear", "inFeatures", inFeatures);
        Sizes.positive("Linear", "outFeatures", outFeatures);
        double bound = 1 / Math.sqrt(inFeatures);
        this.inFeatures = inFeatures;
        this.weight = addParameter("weight", Init.uniform(-bound, bound), outFeatures, inFeatures);
        this.bias = bias ? addParameter("bias", Init.uniform(-bound, bound), outFeatures) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.linear(weight, bias);
    }

    @Override
    protected int[] inputSizes() {
        int[] built = super.inputSizes();
        return built != null ? built : new int[] {inFeatures};
    }

    @Override
    public String toString() {
        return "Linear(" + inFeatures + ", " + weight.shape().dim(0) + (bias == null ? ", false)" : ")");
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static Linear load(String path) {
        return (Linear) Layer.load(path);
    }
}
