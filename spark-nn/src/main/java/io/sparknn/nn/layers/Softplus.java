package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * A smooth rectifier, element by element.
 *
 * <p>{@code y = log(1 + e^(beta · x)) / beta, and x where beta · x > threshold}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: a beta that is not above 0, a threshold that is no finite number. Source: PyTorch's
 * {@code nn.Softplus}.
 *
 * <pre>{@code
 * new Softplus().forward(Tensor.of(-1, 2));          // [0.313, 2.127]
 * }</pre>
 */
public final class Softplus extends StandardLayer<Softplus> {
    private static final long serialVersionUID = 1L;

    private final double beta;
    private final double threshold;

    /** A softplus function of beta 1 and threshold 20. */
    public Softplus() {
        this(1, 20);
    }

    /**
     * A softplus function.
     *
     * @param beta its sharpness, above 0
     * @param threshold where it becomes the identity, a finite number
     */
    public Softplus(double beta, double threshold) {
        super(beta, threshold);
        this.beta = Sizes.above0("Softplus", "beta", beta);
        this.threshold = Sizes.finite("Softplus", "threshold", threshold);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.softplus(beta, threshold);
    }
}
