package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The exponential linear unit, element by element.
 *
 * <p>{@code y = x where x > 0, else alpha · (e^x - 1)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: an alpha that is no finite number. Source: Clevert et al., "Exponential
 * Linear Units", 2015, arXiv:1511.07289; PyTorch's {@code nn.ELU}.
 *
 * <pre>{@code
 * new Elu().forward(Tensor.of(-1, 2));               // [-0.632, 2]
 * }</pre>
 */
public final class Elu extends StandardLayer<Elu> {
    private static final long serialVersionUID = 1L;

    private final double alpha;

    /** An exponential linear unit of alpha 1. */
    public Elu() {
        this(1);
    }

    /**
     * An exponential linear unit.
     *
     * @param alpha minus the limit for very negative x, a finite number
     */
    public Elu(double alpha) {
        super(alpha);
        this.alpha = Sizes.finite("Elu", "alpha", alpha);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.elu(alpha);
    }
}
