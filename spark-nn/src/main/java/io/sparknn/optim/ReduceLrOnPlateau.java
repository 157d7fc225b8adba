package io.sparknn.optim;

/**
 * Lowers the learning rate when the loss stops falling.
 *
 * <p>An epoch is better whose loss is below {@code best - |best| · threshold}; after more than {@code patience} epochs in a row
 * that are not, {@code rate = max(rate · factor, min)}, and for {@code cooldown} epochs none is counted.
 *
 * <p>Initially threshold 1e-4, cooldown 0, minimum 0. A change below 1e-8 is not made. It is computed from the losses of
 * all epochs, so it has no state to save. Errors: a factor outside (0, 1), a negative patience, cooldown or minimum.
 * Source: PyTorch's {@code ReduceLROnPlateau}.
 *
 * <pre>{@code
 * new ReduceLrOnPlateau(0.1, 10).withMinimum(1e-5);
 * }</pre>
 */
public final class ReduceLrOnPlateau extends Schedule {
    private static final long serialVersionUID = 1L;

    private static final double SMALLEST_CHANGE = 1e-8;

    private final double factor;
    private final int patience;
    private final double threshold;
    private final int cooldown;
    private final double min;

    /**
     * A schedule.
     *
     * @param factor what the rate is multiplied by, above 0 and below 1
     * @param patience how many epochs without a better loss are borne
     */
    public ReduceLrOnPlateau(double factor, int patience) {
        this(factor, patience, 1e-4, 0, 0);
    }

    private ReduceLrOnPlateau(double factor, int patience, double threshold, int cooldown, double min) {
        super(factor, patience, threshold, cooldown, min);
        if (!(factor > 0 && factor < 1)) {
            throw Ranges.refused("ReduceLrOnPlateau", "factor", "above 0 and below 1", factor);
        }
        this.factor = factor;
        this.patience = Ranges.notNegative("ReduceLrOnPlateau", "patience", patience);
        this.threshold = Ranges.fraction("ReduceLrOnPlateau", "threshold", threshold);
        this.cooldown = Ranges.notNegative("ReduceLrOnPlateau", "cooldown", cooldown);
        this.min = Ranges.notNegative("ReduceLrOnPlateau", "min", min);
    }

    /**
     * Sets by how much of itself the loss must fall to count as better.
     *
     * @param value from 0 to below 1
     * @return a new schedule
     */
    public ReduceLrOnPlateau withThreshold(double value) {
        return new ReduceLrOnPlateau(factor, patience, value, cooldown, min);
    }

    /**
     * Sets how many epochs after a change are not counted.
     *
     * @param epochs 0 or more
     * @return a new schedule
     */
    public ReduceLrOnPlateau withCooldown(int epochs) {
        return new ReduceLrOnPlateau(factor, patience, threshold, epochs, min);
    }

    /**
     * Sets the lowest rate.
     *
     * @param rate 0 or more
     * @return a new schedule
     */
    public ReduceLrOnPlateau withMinimum(double rate) {
        return new ReduceLrOnPlateau(factor, patience, threshold, cooldown, rate);
    }

    @Override
    public double rate(double base, int epoch, double... losses) {
        double rate = base;
        double best = Double.POSITIVE_INFINITY;
        int worse = 0;
        int cooling = 0;
        for (double loss : losses) {
            if (loss < best - Math.abs(best) * threshold || (best == Double.POSITIVE_INFINITY && loss < best)) {
                best = loss;
                worse = 0;
            } else {
                worse++;
            }
            if (cooling > 0) {
                cooling--;
                worse = 0;
            }
            if (worse > patience) {
                double lower = Math.max(rate * factor, min);
                rate = rate - lower > SMALLEST_CHANGE ? lower : rate;
                cooling = cooldown;
                worse = 0;
            }
        }
        return rate;
    }
}
