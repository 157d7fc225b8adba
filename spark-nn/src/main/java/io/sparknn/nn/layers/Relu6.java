package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The rectifier cut at 6, element by element.
 *
 * <p>{@code y = min(max(x, 0), 6)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: Howard et al., "MobileNets", 2017, arXiv:1704.04861; PyTorch's {@code nn.ReLU6}.
 *
 * <pre>{@code
 * new Relu6().forward(Tensor.of(-1, 2));             // [0, 2]
 * }</pre>
 */
public final class Relu6 extends StandardLayer<Relu6> {
    private static final long serialVersionUID = 1L;

    /** A rectifier cut at 6. */
    public Relu6() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.relu6();
    }
}
