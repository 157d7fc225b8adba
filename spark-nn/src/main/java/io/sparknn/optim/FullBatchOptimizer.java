package io.sparknn.optim;

import io.sparknn.tensor.Configured;
import java.util.List;

/**
 * A rule that moves all weights at once and may ask for the loss again, at other weights: for batches that are all of the
 * data, because the loss must be the same function each time.
 *
 * <p>One of one's own is a class with one method; what its constructor takes it passes to {@code super}.
 */
public abstract class FullBatchOptimizer extends Configured {
    private static final long serialVersionUID = 1L;

    /**
     * Keeps what the optimiser is made from.
     *
     * @param arguments all arguments of the subclass's constructor, in its order
     */
    protected FullBatchOptimizer(Object... arguments) {
        super(arguments);
    }

    /** The loss of all rows as a function of the weights. */
    public interface Objective {
        /**
         * Computes loss and gradients.
         *
         * @param weights where; not changed
         * @param gradients filled with the gradients there
         * @return the loss there
         */
        double evaluate(float[] weights, float[] gradients);
    }

    /**
     * Moves the weights, by one or several evaluations of the loss.
     *
     * @param weights all weights, changed in place
     * @param state what the last step left here, and replaced by what the next one needs; empty before the first. Saved
     *     with a checkpoint it makes a later step go on with the same bits
     * @param learningRate the learning rate of this step
     * @param objective the loss
     * @return the loss at the weights this step began from
     */
    public abstract double step(float[] weights, List<float[]> state, double learningRate, Objective objective);

    /**
     * The learning rate where the user sets none.
     *
     * @return 1 unless overridden
     */
    public double defaultLearningRate() {
        return 1;
    }
}
