package io.sparknn.optim;

import io.sparknn.tensor.Configured;

/**
 * The learning rate of each epoch: a pure function of the epoch and of the losses so far, so that a fit that is resumed
 * goes on as if it had not stopped.
 *
 * <p>One of one's own is a class with one method; what its constructor takes it passes to {@code super}:
 *
 * <pre>{@code
 * public final class Halving extends Schedule {
 *     @Override
 *     public double rate(double base, int epoch, double... losses) {
 *         return base / (1 << epoch);
 *     }
 * }
 * }</pre>
 */
public abstract class Schedule extends Configured {
    private static final long serialVersionUID = 1L;

    /**
     * Keeps what the schedule is made from.
     *
     * @param arguments all arguments of the subclass's constructor, in its order
     */
    protected Schedule(Object... arguments) {
        super(arguments);
    }

    /**
     * The learning rate of an epoch.
     *
     * @param base the learning rate that the user set
     * @param epoch the epoch about to run, from 0
     * @param losses the loss of each epoch before, of the validation rows if there are some; as many as {@code epoch}
     * @return 0 or more
     */
    public abstract double rate(double base, int epoch, double... losses);
}
