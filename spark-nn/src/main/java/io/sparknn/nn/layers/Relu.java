package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The rectifier, element by element.
 *
 * <p>{@code y = max(x, 0)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: PyTorch's {@code nn.ReLU}.
 *
 * <pre>{@code
 * new Relu().forward(Tensor.of(-1, 2));       // [0, 2]
 * }</pre>
 */
public final class Relu extends StandardLayer<Relu> {
    private static final long serialVersionUID = 1L;

    /** A rectifier. */
    public Relu() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.relu();
    }
}
