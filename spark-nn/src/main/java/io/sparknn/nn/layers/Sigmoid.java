package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The logistic function, element by element.
 *
 * <p>{@code y = 1 / (1 + e^-x)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: PyTorch's {@code nn.Sigmoid}.
 *
 * <pre>{@code
 * new Sigmoid().forward(Tensor.of(-1, 2));           // [0.269, 0.881]
 * }</pre>
 */
public final class Sigmoid extends StandardLayer<Sigmoid> {
    private static final long serialVersionUID = 1L;

    /** A logistic function. */
    public Sigmoid() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.sigmoid();
    }
}
