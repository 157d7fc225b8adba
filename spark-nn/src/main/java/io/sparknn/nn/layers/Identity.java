package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The layer that changes nothing: a place to be filled later, or a branch that passes its input on.
 *
 * <p>{@code y = x}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: PyTorch's {@code nn.Identity}.
 *
 * <pre>{@code
 * new Identity().forward(Tensor.of(-1, 2));   // [-1, 2]
 * }</pre>
 */
public final class Identity extends StandardLayer<Identity> {
    private static final long serialVersionUID = 1L;

    /** The layer that changes nothing. */
    public Identity() {}

    @Override
    public Tensor forward(Tensor x) {
        return x;
    }
}
