package io.sparknn.optim;

/**
 * Steps by the sign of the gradient alone: longer while the sign stays, shorter when it turns. For full batches.
 *
 * <p>{@code s = s · grow where g · h > 0, s · shrink where g · h < 0}, held between the smallest and the largest step;
 * {@code g' = 0 where g · h < 0, else g; w = w - sign(g') · s; h = g'}
 *
 * <p>State: h, s, which begins at the learning rate of step 1; later learning rates change nothing. Initially factors 0.5
 * and 1.2, steps from 1e-6 to 50, learning rate 0.01. Errors: a shrinking factor outside (0, 1), a growing one of 1 or
 * less, steps that are no range. Source: PyTorch's {@code Rprop}; Riedmiller and Braun, 1993.
 *
 * <pre>{@code
 * new Rprop().withSteps(1e-5, 1);
 * }</pre>
 */
public final class Rprop extends Optimizer {
    private static final long serialVersionUID = 1L;

    private final double shrink;
    private final double grow;
    private final double smallest;
    private final double largest;

    /** The optimiser with its initial settings. */
    public Rprop() {
        this(0.5, 1.2, 1e-6, 50);
    }

    private Rprop(double shrink, double grow, double smallest, double largest) {
        super(shrink, grow, smallest, largest);
        if (!(shrink > 0 && shrink < 1 && grow > 1)) {
            throw Ranges.refused(
                    "Rprop", "factors", "between 0 and 1 and above 1", "shrink " + shrink + " and grow " + grow);
        }
        if (!(smallest >= 0 && largest >= smallest)) {
            throw Ranges.refused("Rprop", "steps", "of 0 or more in ascending order", smallest + " to " + largest);
        }
        this.shrink = shrink;
        this.grow = grow;
        this.smallest = smallest;
        this.largest = largest;
    }

    /**
     * Sets how fast steps change.
     *
     * @param shorter the factor when the sign turns, between 0 and 1
     * @param longer the factor while it stays, above 1
     * @return a new optimiser
     */
    public Rprop withFactors(double shorter, double longer) {
        return new Rprop(shorter, longer, smallest, largest);
    }

    /**
     * Sets the range of steps.
     *
     * @param min the smallest step
     * @param max the largest step
     * @return a new optimiser
     */
    public Rprop withSteps(double min, double max) {
        return new Rprop(shrink, grow, min, max);
    }

    @Override
    public int stateSize() {
        return 2;
    }

    @Override
    public double defaultLearningRate() {
        return 1e-2;
    }

    @Override
    public void step(float[] weights, float[] gradients, float[][] state, int from, int to, Step step) {
        float[] earlier = state[0];
        float[] sizes = state[1];
        float start = step.number() == 1 ? (float) step.learningRate() : 0f;
        float min = (float) smallest;
        float max = (float) largest;
        float shorter = (float) shrink;
        float longer = (float) grow;
        for (int i = from; i < to; i++) {
            float turn = Math.signum(gradients[i]) * Math.signum(earlier[i]);
            float gradient = turn < 0 ? 0f : gradients[i];
            float factor = turn < 0 ? shorter : turn > 0 ? longer : 1f;
            float size = Math.min(Math.max((start + sizes[i]) * factor, min), max);
            sizes[i] = size;
            earlier[i] = gradient;
            weights[i] -= Math.signum(gradient) * size;
        }
    }
}
