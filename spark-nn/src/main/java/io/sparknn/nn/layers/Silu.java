package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The sigmoid linear unit, also called swish, element by element.
 *
 * <p>{@code y = x / (1 + e^-x)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: Elfwing et al., "Sigmoid-Weighted Linear Units", 2017, arXiv:1702.03118; PyTorch's {@code nn.SiLU}.
 *
 * <pre>{@code
 * new Silu().forward(Tensor.of(-1, 2));              // [-0.269, 1.762]
 * }</pre>
 */
public final class Silu extends StandardLayer<Silu> {
    private static final long serialVersionUID = 1L;

    /** A sigmoid linear unit. */
    public Silu() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.silu();
    }
}
