package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * A smooth self-gated unit, element by element.
 *
 * <p>{@code y = x · tanh(log(1 + e^x))}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: Misra, "Mish: A Self Regularized Non-Monotonic Activation Function", 2019, arXiv:1908.08681; PyTorch's
 * {@code nn.Mish}.
 *
 * <pre>{@code
 * new Mish().forward(Tensor.of(-1, 2));              // [-0.303, 1.944]
 * }</pre>
 */
public final class Mish extends StandardLayer<Mish> {
    private static final long serialVersionUID = 1L;

    /** A Mish unit. */
    public Mish() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.mish();
    }
}
