package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * A sigmoid with slow tails, element by element.
 *
 * <p>{@code y = x / (1 + |x|)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: PyTorch's {@code nn.Softsign}.
 *
 * <pre>{@code
 * new Softsign().forward(Tensor.of(-1, 2));          // [-0.5, 0.667]
 * }</pre>
 */
public final class Softsign extends StandardLayer<Softsign> {
    private static final long serialVersionUID = 1L;

    /** A softsign function. */
    public Softsign() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.softsign();
    }
}
