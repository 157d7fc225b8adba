package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The sigmoid linear unit made of straight lines and a parabola, element by element.
 *
 * <p>{@code y = x · min(max(x / 6 + 1/2, 0), 1)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: Howard et al., "Searching for MobileNetV3", 2019, arXiv:1905.02244; PyTorch's {@code nn.Hardswish}.
 *
 * <pre>{@code
 * new HardSwish().forward(Tensor.of(-1, 2));         // [-0.333, 1.667]
 * }</pre>
 */
public final class HardSwish extends StandardLayer<HardSwish> {
    private static final long serialVersionUID = 1L;

    /** A hard swish function. */
    public HardSwish() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.hardSwish();
    }
}
