package io.sparknn.optim;

/**
 * Lowers the learning rate along half a wave of the cosine.
 *
 * <p>{@code rate = min + (base - min) · (1 + cos(π · epoch / epochs)) / 2}; past {@code epochs} the wave rises again
 *
 * <p>Errors: epochs below 1, a negative minimum. Source: PyTorch's {@code CosineAnnealingLR}; Loshchilov and Hutter,
 * arXiv:1608.03983.
 *
 * <pre>{@code
 * new CosineAnnealingLr(40, 1e-4);
 * }</pre>
 */
public final class CosineAnnealingLr extends Schedule {
    private static final long serialVersionUID = 1L;

    private final int epochs;
    private final double min;

    /**
     * A schedule.
     *
     * @param epochs how long half a wave is, at least 1
     * @param min the lowest rate
     */
    public CosineAnnealingLr(int epochs, double min) {
        super(epochs, min);
        this.epochs = Ranges.positive("CosineAnnealingLr", "epochs", epochs);
        this.min = Ranges.notNegative("CosineAnnealingLr", "min", min);
    }

    @Override
    public double rate(double base, int epoch, double... losses) {
        return min + (base - min) * (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
    }
}
