package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The scaled exponential linear unit, element by element.
 *
 * <p>{@code y = 1.0507 · x where x > 0, else 1.7581 · (e^x - 1)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: Klambauer et al., "Self-Normalizing Neural Networks", 2017, arXiv:1706.02515; PyTorch's {@code nn.SELU}.
 *
 * <pre>{@code
 * new Selu().forward(Tensor.of(-1, 2));              // [-1.111, 2.101]
 * }</pre>
 */
public final class Selu extends StandardLayer<Selu> {
    private static final long serialVersionUID = 1L;

    /** A scaled exponential linear unit. */
    public Selu() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.selu();
    }
}
