package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The hyperbolic tangent, element by element.
 *
 * <p>{@code y = tanh(x)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: PyTorch's {@code nn.Tanh}.
 *
 * <pre>{@code
 * new Tanh().forward(Tensor.of(-1, 2));              // [-0.762, 0.964]
 * }</pre>
 */
public final class Tanh extends StandardLayer<Tanh> {
    private static final long serialVersionUID = 1L;

    /** A hyperbolic tangent. */
    public Tanh() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.tanh();
    }
}
