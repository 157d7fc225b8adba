package io.sparknn.optim;

import java.util.Arrays;

/**
 * Multiplies the learning rate by a factor at given epochs.
 *
 * <p>{@code rate = base · gamma^n}, where n milestones are at or before the epoch
 *
 * <p>Errors: a negative factor, a negative milestone. Source: PyTorch's {@code MultiStepLR}.
 *
 * <pre>{@code
 * new MultiStepLr(0.1, 30, 80);
 * }</pre>
 */
public final class MultiStepLr extends Schedule {
    private static final long serialVersionUID = 1L;

    private final double gamma;
    private final int[] milestones;

    /**
     * A schedule.
     *
     * @param gamma the factor
     * @param milestones the epochs at which it applies, from 0
     */
    public MultiStepLr(double gamma, int... milestones) {
        super(gamma, milestones);
        this.gamma = Ranges.notNegative("MultiStepLr", "gamma", gamma);
        this.milestones = milestones.clone();
        for (int milestone : milestones) {
            Ranges.notNegative("MultiStepLr", "a milestone", milestone);
        }
    }

    @Override
    public double rate(double base, int epoch, double... losses) {
        double passed =
                (double) Arrays.stream(milestones).filter(m -> m <= epoch).count();
        return base * Math.pow(gamma, passed);
    }
}
