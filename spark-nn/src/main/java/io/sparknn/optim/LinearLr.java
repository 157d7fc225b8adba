package io.sparknn.optim;

/**
 * Goes from one share of the learning rate to another in a straight line, then stays: a warm-up.
 *
 * <p>{@code rate = base · (start + (end - start) · min(epoch / epochs, 1))}
 *
 * <p>Errors: a negative share, epochs below 1. Source: PyTorch's {@code LinearLR}.
 *
 * <pre>{@code
 * new LinearLr(0.1, 1, 5);
 * }</pre>
 */
public final class LinearLr extends Schedule {
    private static final long serialVersionUID = 1L;

    private final double start;
    private final double end;
    private final int epochs;

    /**
     * A schedule.
     *
     * @param start the share in the first epoch
     * @param end the share in the end, 1 for all of the rate
     * @param epochs how long the way is, at least 1
     */
    public LinearLr(double start, double end, int epochs) {
        super(start, end, epochs);
        this.start = Ranges.notNegative("LinearLr", "start", start);
        this.end = Ranges.notNegative("LinearLr", "end", end);
        this.epochs = Ranges.positive("LinearLr", "epochs", epochs);
    }

    @Override
    public double rate(double base, int epoch, double... losses) {
        return base * (start + (end - start) * Math.min(epoch, epochs) / epochs);
    }
}
