package io.sparknn.nn.loss;

import io.sparknn.tensor.Tensor;

/**
 * The square of small errors and the size of large ones.
 *
 * <p>{@code loss = (x - t)² / 2 where |x - t| <= delta, else delta · (|x - t| - delta / 2)}, the mean over the values of a row
 *
 * <ul>
 *   <li>output: (N), (N, 1) or (N, ...)
 *   <li>label: the same shape, or (N) beside (N, 1)
 * </ul>
 *
 * <p>Errors: labels of another shape, a delta not above 0. Source: PyTorch's {@code HuberLoss}; Huber, Robust estimation of a
 * location parameter.
 *
 * <pre>{@code
 * new HuberLoss(0.5).mean(net.forward(x), Tensor.of(0.5, 1.5));
 * }</pre>
 */
public final class HuberLoss extends Loss {
    private static final long serialVersionUID = 1L;

    private final double delta;

    /** A loss with a delta of 1. */
    public HuberLoss() {
        this(1);
    }

    /**
     * A loss.
     *
     * @param delta the error where the square ends and the line begins, above 0
     */
    public HuberLoss(double delta) {
        super(delta);
        this.delta = delta;
        if (!(delta > 0) || Double.isInfinite(delta)) {
            throw refused("delta", "above 0", delta);
        }
    }

    @Override
    public Tensor forward(Tensor output, Tensor label) {
        Tensor error = output.sub(fitted(output, label)).abs();
        // both pieces in one: q is the error up to delta
        Tensor q = error.clamp(0, delta);
        return perRow(q.mul(error.sub(q.div(2))));
    }
}
