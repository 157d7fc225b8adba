package io.sparknn.optim;

import io.sparknn.tensor.Configured;

/**
 * A rule that moves weights by their gradients: a pure function of weights, gradients and state, element by element.
 *
 * <p>Element by element means that no value depends on another place of the arrays: workers step slices of their own, cut
 * anywhere, and the result has the bits of one step over the whole. A method that needs the whole at once, or the loss
 * again, is a {@link FullBatchOptimizer}.
 *
 * <p>An optimiser of one's own is a class with one method. What its constructor takes it passes to {@code super}, so
 * that it can be saved and sent to workers:
 *
 * <pre>{@code
 * public final class SignSgd extends Optimizer {
 *     @Override
 *     public void step(float[] weights, float[] gradients, float[][] state, int from, int to, Step step) {
 *         float rate = (float) step.learningRate();
 *         for (int i = from; i < to; i++) {
 *             weights[i] -= rate * Math.signum(gradients[i]);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Loops like this one, where all arrays share the index, become vector code.
 */
public abstract class Optimizer extends Configured {
    private static final long serialVersionUID = 1L;

    /**
     * Keeps what the optimiser is made from.
     *
     * @param arguments all arguments of the subclass's constructor, in its order
     */
    protected Optimizer(Object... arguments) {
        super(arguments);
    }

    /**
     * Moves a run of weights that belong to one parameter. What calls it is {@link #update(float[], float[], float[][], int, int, Layout, double, long)}.
     *
     * @param weights all weights; those in the run are changed in place
     * @param gradients the gradients; they may be overwritten within the run
     * @param state {@link #stateSize} arrays, zeros before step 1; changed in place within the run
     * @param from the first index of the run
     * @param to the index after the last
     * @param step learning rate, number of the step, name of the parameter
     */
    public abstract void step(float[] weights, float[] gradients, float[][] state, int from, int to, Step step);

    /**
     * How many arrays of state it keeps, each as long as the weights.
     *
     * @return 0 unless overridden
     */
    public int stateSize() {
        return 0;
    }

    /**
     * The learning rate where the user sets none.
     *
     * @return 0.001 unless overridden
     */
    public double defaultLearningRate() {
        return 1e-3;
    }

    /**
     * The state before the first step.
     *
     * @param length the number of weights
     * @return zeros
     */
    public final float[][] newState(int length) {
        return new float[stateSize()][length];
    }

    /**
     * Moves a slice of the weights of a network, parameter by parameter.
     *
     * @param weights all weights; those in the slice are changed in place
     * @param gradients all gradients; not to be used after the step
     * @param state what {@link #newState} made and earlier steps changed
     * @param from the first index of the slice
     * @param to the index after the last
     * @param layout which parameter is where
     * @param learningRate the learning rate of this step
     * @param number the number of this step, 1 for the first
     * @throws IllegalArgumentException if the slice is none of the layout's, or the state not of this optimiser
     */
    public final void update(
            float[] weights,
            float[] gradients,
            float[][] state,
            int from,
            int to,
            Layout layout,
            double learningRate,
            long number) {
        if (from < 0 || to < from || to > layout.length()) {
            throw new IllegalArgumentException(
                    this + " expects a slice within 0 to " + layout.length() + ", got " + from + " to " + to);
        }
        if (state.length != stateSize()) {
            throw new IllegalArgumentException(this + " expects " + stateSize() + " arrays of state, got "
                    + state.length + "; start it from newState(length), or from its own checkpoint");
        }
        int at = from;
        while (at < to) {
            int parameter = layout.parameterAt(at);
            int end = Math.min(to, layout.offset(parameter + 1));
            step(weights, gradients, state, at, end, new Step(learningRate, number, layout.name(parameter)));
            at = end;
        }
    }
}
