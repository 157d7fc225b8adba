package io.sparknn.optim;

import java.util.Arrays;

/**
 * One schedule for the first epochs, then another, which counts from 0: a warm-up and what follows.
 *
 * <p>{@code rate = first(epoch)} before epoch {@code epochs}, then {@code second(epoch - epochs)}
 *
 * <p>Errors: negative epochs. Source: PyTorch's {@code SequentialLR}.
 *
 * <pre>{@code
 * new SequentialLr(new LinearLr(0.1, 1, 5), 5, new CosineAnnealingLr(35, 0));
 * }</pre>
 */
public final class SequentialLr extends Schedule {
    private static final long serialVersionUID = 1L;

    private final Schedule first;
    private final int epochs;
    private final Schedule second;

    /**
     * A schedule.
     *
     * @param first the schedule at first
     * @param epochs how long it lasts
     * @param second the schedule from then on; of the losses it sees those since then
     */
    public SequentialLr(Schedule first, int epochs, Schedule second) {
        super(first, epochs, second);
        this.first = first;
        this.epochs = Ranges.notNegative("SequentialLr", "epochs", epochs);
        this.second = second;
    }

    @Override
    public double rate(double base, int epoch, double... losses) {
        if (epoch < epochs) {
            return first.rate(base, epoch, losses);
        }
        return second.rate(base, epoch - epochs, Arrays.copyOfRange(losses, epochs, losses.length));
    }
}
