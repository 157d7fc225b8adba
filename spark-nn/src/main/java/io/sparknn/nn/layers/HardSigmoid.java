package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * A sigmoid of straight lines, element by element.
 *
 * <p>{@code y = min(max(x / 6 + 1/2, 0), 1)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: PyTorch's {@code nn.Hardsigmoid}.
 *
 * <pre>{@code
 * new HardSigmoid().forward(Tensor.of(-1, 2));       // [0.333, 0.833]
 * }</pre>
 */
public final class HardSigmoid extends StandardLayer<HardSigmoid> {
    private static final long serialVersionUID = 1L;

    /** A sigmoid of straight lines. */
    public HardSigmoid() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.hardSigmoid();
    }
}
