package io.sparknn.nn.loss;

import io.sparknn.tensor.Tensor;

/**
 * The size of errors, with a square around 0 that has a gradient there.
 *
 * <p>{@code loss = (x - t)² / (2 · beta) where |x - t| < beta, else |x - t| - beta / 2}, the mean over the values of a row
 *
 * <ul>
 *   <li>output: (N), (N, 1) or (N, ...)
 *   <li>label: the same shape, or (N) beside (N, 1)
 * </ul>
 *
 * <p>Errors: labels of another shape, a beta below 0. Source: PyTorch's {@code SmoothL1Loss}; Huber, Robust estimation of a
 * location parameter.
 *
 * <pre>{@code
 * new SmoothL1Loss(0.5).mean(net.forward(x), Tensor.of(0.5, 1.5));
 * }</pre>
 */
public final class SmoothL1Loss extends Loss {
    private static final long serialVersionUID = 1L;

    private final double beta;

    /** A loss with a beta of 1. */
    public SmoothL1Loss() {
        this(1);
    }

    /**
     * A loss.
     *
     * @param beta the error where the square ends and the line begins, of 0 or more
     */
    public SmoothL1Loss(double beta) {
        super(beta);
        this.beta = beta;
        if (!(beta >= 0) || Double.isInfinite(beta)) {
            throw refused("beta", "of 0 or more", beta);
        }
    }

    @Override
    public Tensor forward(Tensor output, Tensor label) {
        Tensor error = output.sub(fitted(output, label)).abs();
        if (beta == 0) {
            return perRow(error);
        }
        // both pieces in one: q is the error up to beta
        Tensor q = error.clamp(0, beta);
        return perRow(q.mul(error.sub(q.div(2))).div(beta));
    }
}
