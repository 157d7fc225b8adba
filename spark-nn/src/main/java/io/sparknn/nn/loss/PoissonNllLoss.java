package io.sparknn.nn.loss;

import io.sparknn.tensor.Tensor;

/**
 * How improbable a count is where the network gives the rate at which things happen, or its logarithm.
 *
 * <p>{@code loss = e^x - t · x} for logarithms of rates, {@code x - t · ln(x + 1e-8)} for rates, the mean over the values of a
 * row; the part that depends on the label alone is left out
 *
 * <ul>
 *   <li>output: (N), (N, 1) or (N, ...)
 *   <li>label: the same shape, or (N) beside (N, 1); counts, 0 or more
 * </ul>
 *
 * <p>Errors: labels of another shape. Source: PyTorch's {@code PoissonNLLLoss}.
 *
 * <pre>{@code
 * new PoissonNllLoss().mean(net.forward(x), Tensor.of(0, 3));
 * }</pre>
 */
public final class PoissonNllLoss extends Loss {
    private static final long serialVersionUID = 1L;

    private static final double EPSILON = 1e-8;

    private final boolean logInput;

    /** A loss for outputs that are logarithms of rates. */
    public PoissonNllLoss() {
        this(true);
    }

    /**
     * A loss.
     *
     * @param logInput whether outputs are logarithms of rates; if not, they are rates and must be 0 or more
     */
    public PoissonNllLoss(boolean logInput) {
        super(logInput);
        this.logInput = logInput;
    }

    @Override
    public Tensor forward(Tensor output, Tensor label) {
        Tensor count = fitted(output, label);
        return perRow(
                logInput
                        ? output.exp().sub(count.mul(output))
                        : output.sub(count.mul(output.add(EPSILON).log())));
    }
}
