package io.sparknn.nn.loss;

import io.sparknn.tensor.Tensor;

/**
 * The size of the error.
 *
 * <p>{@code loss = |x - t|}; its gradient at 0 is 0, the mean over the values of a row
 *
 * <ul>
 *   <li>output: (N), (N, 1) or (N, ...)
 *   <li>label: the same shape, or (N) beside (N, 1)
 * </ul>
 *
 * <p>Errors: labels of another shape. Source: PyTorch's {@code L1Loss}.
 *
 * <pre>{@code
 * new L1Loss().mean(net.forward(x), Tensor.of(0.5, 1.5));
 * }</pre>
 */
public final class L1Loss extends Loss {
    private static final long serialVersionUID = 1L;

    @Override
    public Tensor forward(Tensor output, Tensor label) {
        return perRow(output.sub(fitted(output, label)).abs());
    }
}
