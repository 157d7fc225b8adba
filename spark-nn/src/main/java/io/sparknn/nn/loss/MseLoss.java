package io.sparknn.nn.loss;

import io.sparknn.tensor.Tensor;

/**
 * The square of the error.
 *
 * <p>{@code loss = (x - t)²}, the mean over the values of a row
 *
 * <ul>
 *   <li>output: (N), (N, 1) or (N, ...)
 *   <li>label: the same shape, or (N) beside (N, 1)
 * </ul>
 *
 * <p>Errors: labels of another shape. Source: PyTorch's {@code MSELoss}.
 *
 * <pre>{@code
 * new MseLoss().mean(net.forward(x), Tensor.of(0.5, 1.5));
 * }</pre>
 */
public final class MseLoss extends Loss {
    private static final long serialVersionUID = 1L;

    @Override
    public Tensor forward(Tensor output, Tensor label) {
        Tensor error = output.sub(fitted(output, label));
        return perRow(error.mul(error));
    }
}
