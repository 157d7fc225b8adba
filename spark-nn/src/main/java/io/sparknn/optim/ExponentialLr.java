package io.sparknn.optim;

/**
 * Multiplies the learning rate by a factor after every epoch.
 *
 * <p>{@code rate = base · gamma^epoch}
 *
 * <p>Errors: a negative factor. Source: PyTorch's {@code ExponentialLR}.
 *
 * <pre>{@code
 * new ExponentialLr(0.95);
 * }</pre>
 */
public final class ExponentialLr extends Schedule {
    private static final long serialVersionUID = 1L;

    private final double gamma;

    /**
     * A schedule.
     *
     * @param gamma the factor
     */
    public ExponentialLr(double gamma) {
        super(gamma);
        this.gamma = Ranges.notNegative("ExponentialLr", "gamma", gamma);
    }

    @Override
    public double rate(double base, int epoch, double... losses) {
        return base * Math.pow(gamma, epoch);
    }
}
