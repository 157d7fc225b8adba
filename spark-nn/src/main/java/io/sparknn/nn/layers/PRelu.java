package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The rectifier whose slope below 0 is learnt, one for all elements or one for each channel.
 *
 * <p>{@code y = x where x > 0, else weight · x}
 *
 * <ul>
 *   <li>input: any shape; with several slopes (N, numParameters, ...)
 *   <li>output: the same shape
 *   <li>weight: (numParameters), each 0.25 or the value given
 * </ul>
 *
 * <p>Errors: an input whose axis 1 is not numParameters, unless that is 1. Source: He et al., "Delving Deep into
 * Rectifiers", 2015, arXiv:1502.01852; PyTorch's {@code nn.PReLU}.
 *
 * <pre>{@code
 * new PRelu().forward(Tensor.of(-1, 2));      // [-0.25, 2]
 * }</pre>
 */
public final class PRelu extends StandardLayer<PRelu> {
    private static final long serialVersionUID = 1L;

    private final Parameter weight;

    /** One slope for all elements, 0.25 at first. */
    public PRelu() {
        this(1);
    }

    /**
     * Slopes that are 0.25 at first.
     *
     * @param numParameters how many: 1, or the size of axis 1
     */
    public PRelu(int numParameters) {
        this(numParameters, 0.25);
    }

    /**
     * Slopes of a first value.
     *
     * @param numParameters how many: 1, or the size of axis 1
     * @param init the first value, a finite number
     */
    public PRelu(int numParameters, double init) {
        super(numParameters, init);
        Sizes.positive("PRelu", "numParameters", numParameters);
        Sizes.finite("PRelu", "init", init);
        this.weight = addParameter("weight", Init.constant(init), numParameters);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.prelu(weight);
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static PRelu load(String path) {
        return (PRelu) Layer.load(path);
    }
}
