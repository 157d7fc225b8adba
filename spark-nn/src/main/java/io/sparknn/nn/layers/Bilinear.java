package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The bilinear form of two inputs, over their last axes.
 *
 * <p>{@code y_k = x1ᵀ · weight_k · x2 + bias_k}
 *
 * <ul>
 *   <li>inputs: (N, ..., in1Features) and (N, ..., in2Features), with the same sizes between
 *   <li>output: (N, ..., outFeatures)
 *   <li>weight: (outFeatures, in1Features, in2Features), uniform over ±1/√in1Features
 *   <li>bias: (outFeatures), uniform over ±1/√in1Features
 * </ul>
 *
 * <p>Errors: other than two inputs; inputs of other widths. Cost: in1Features times in2Features for each output. Source:
 * PyTorch's {@code nn.Bilinear}.
 *
 * <pre>{@code
 * Bilinear bilinear = new Bilinear(5, 4, 3);
 * bilinear.forward(Tensor.rand(2, 5), Tensor.rand(2, 4)).shape();       // (2, 3)
 * }</pre>
 */
public final class Bilinear extends StandardLayer<Bilinear> {
    private static final long serialVersionUID = 1L;

    private final Parameter weight;
    private final Parameter bias;

    /**
     * A bilinear form with bias.
     *
     * @param in1Features width of the first input, at least 1
     * @param in2Features width of the second input, at least 1
     * @param outFeatures width of the output, at least 1
     */
    public Bilinear(int in1Features, int in2Features, int outFeatures) {
        this(in1Features, in2Features, outFeatures, true);
    }

    /**
     * A bilinear form.
     *
     * @param in1Features width of the first input, at least 1
     * @param in2Features width of the second input, at least 1
     * @param outFeatures width of the output, at least 1
     * @param bias whether a bias is added
     */
    public Bilinear(int in1Features, int in2Features, int outFeatures, boolean bias) {
        super(in1Features, in2Features, outFeatures, bias);
        Sizes.positive("Bilinear", "in1Features", in1Features);
        Sizes.positive("Bilinear", "in2Features", in2Features);
        Sizes.positive("Bilinear", "outFeatures", outFeatures);
        double bound = 1 / Math.sqrt(in1Features);
        this.weight = addParameter("weight", Init.uniform(-bound, bound), outFeatures, in1Features, in2Features);
        this.bias = bias ? addParameter("bias", Init.uniform(-bound, bound), outFeatures) : null;
    }

    @Override
    public Tensor forward(Tensor... x) {
        if (x.length != 2) {
            throw new IllegalArgumentException(
                    "Bilinear expects 2 inputs, got " + x.length + "; call setInputCols with two columns");
        }
        return x[0].bilinear(x[1], weight, bias);
    }

    @Override
    public String toString() {
        String sizes = weight.shape().dim(1) + ", " + weight.shape().dim(2) + ", "
                + weight.shape().dim(0);
        return "Bilinear(" + sizes + (bias == null ? ", false)" : ")");
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static Bilinear load(String path) {
        return (Bilinear) Layer.load(path);
    }
}
