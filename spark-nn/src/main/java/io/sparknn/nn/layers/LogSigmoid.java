package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The logarithm of the logistic function, element by element, without overflow.
 *
 * <p>{@code y = -log(1 + e^-x)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: PyTorch's {@code nn.LogSigmoid}.
 *
 * <pre>{@code
 * new LogSigmoid().forward(Tensor.of(-1, 2));        // [-1.313, -0.127]
 * }</pre>
 */
public final class LogSigmoid extends StandardLayer<LogSigmoid> {
    private static final long serialVersionUID = 1L;

    /** A logarithm of the logistic function. */
    public LogSigmoid() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.logSigmoid();
    }
}
