package io.sparknn.optim;

/**
 * Multiplies the learning rate by a factor after every few epochs.
 *
 * <p>{@code rate = base · gamma^⌊epoch / stepSize⌋}
 *
 * <p>Errors: a step below 1, a negative factor. Source: PyTorch's {@code StepLR}.
 *
 * <pre>{@code
 * new StepLr(30, 0.1);
 * }</pre>
 */
public final class StepLr extends Schedule {
    private static final long serialVersionUID = 1L;

    private final int stepSize;
    private final double gamma;

    /**
     * A schedule.
     *
     * @param stepSize epochs between two changes, at least 1
     * @param gamma the factor
     */
    public StepLr(int stepSize, double gamma) {
        super(stepSize, gamma);
        this.stepSize = Ranges.positive("StepLr", "stepSize", stepSize);
        this.gamma = Ranges.notNegative("StepLr", "gamma", gamma);
    }

    @Override
    public double rate(double base, int epoch, double... losses) {
        int changes = epoch / stepSize;
        return base * Math.pow(gamma, changes);
    }
}
