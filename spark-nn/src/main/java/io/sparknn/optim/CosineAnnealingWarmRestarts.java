package io.sparknn.optim;

/**
 * Lowers the learning rate along half a wave of the cosine, and begins anew with a longer one.
 *
 * <p>{@code rate = min + (base - min) · (1 + cos(π · e / n)) / 2} in epoch e of a cycle of n; the first cycle has {@code epochs}, each
 * later one {@code factor} times as many
 *
 * <p>Errors: epochs or factor below 1, a negative minimum. Source: PyTorch's {@code CosineAnnealingWarmRestarts}; Loshchilov and
 * Hutter, arXiv:1608.03983.
 *
 * <pre>{@code
 * new CosineAnnealingWarmRestarts(8, 2, 0);
 * }</pre>
 */
public final class CosineAnnealingWarmRestarts extends Schedule {
    private static final long serialVersionUID = 1L;

    private final int epochs;
    private final int factor;
    private final double min;

    /**
     * A schedule.
     *
     * @param epochs length of the first cycle, at least 1
     * @param factor how many times as long each next cycle is, at least 1
     * @param min the lowest rate
     */
    public CosineAnnealingWarmRestarts(int epochs, int factor, double min) {
        super(epochs, factor, min);
        this.epochs = Ranges.positive("CosineAnnealingWarmRestarts", "epochs", epochs);
        this.factor = Ranges.positive("CosineAnnealingWarmRestarts", "factor", factor);
        this.min = Ranges.notNegative("CosineAnnealingWarmRestarts", "min", min);
    }

    @Override
    public double rate(double base, int epoch, double... losses) {
        long left = epoch;
        long cycle = epochs;
        while (left >= cycle) {
            left -= cycle;
            cycle *= factor;
        }
        return min + (base - min) * (1 + Math.cos(Math.PI * left / cycle)) / 2;
    }
}
