package io.sparknn.optim;

/**
 * Gradients over the root of the sum of all their squares: rare features keep their large steps.
 *
 * <p>{@code g' = g + weightDecay · w; s = s + g'²; w = w - rate / (1 + (t - 1) · rateDecay) · g' / (√s + epsilon)} in step t
 *
 * <p>State: s, which begins at the initial sum. Initially sum 0, rate decay 0, epsilon 1e-10, learning rate 0.01. Errors:
 * negative settings. Source: PyTorch's {@code Adagrad}; Duchi and others, Adaptive subgradient methods.
 *
 * <pre>{@code
 * new Adagrad().withInitialSum(0.1);
 * }</pre>
 */
public final class Adagrad extends StandardOptimizer<Adagrad> {
    private static final long serialVersionUID = 1L;

    private final double rateDecay;
    private final double initialSum;
    private final double epsilon;

    /** The optimiser with its initial settings. */
    public Adagrad() {
        this(ParameterRules.NONE, 0, 0, 1e-10);
    }

    private Adagrad(ParameterRules rules, double rateDecay, double initialSum, double epsilon) {
        super(rules, rateDecay, initialSum, epsilon);
        this.rateDecay = notNegative("rateDecay", rateDecay);
        this.initialSum = notNegative("initialSum", initialSum);
        this.epsilon = notNegative("epsilon", epsilon);
    }

    @Override
    Adagrad with(ParameterRules changed) {
        return new Adagrad(changed, rateDecay, initialSum, epsilon);
    }

    /**
     * Sets how fast the learning rate falls with the steps.
     *
     * @param value 0 or more
     * @return a new optimiser
     */
    public Adagrad withRateDecay(double value) {
        return new Adagrad(rules(), value, initialSum, epsilon);
    }

    /**
     * Sets what the sums of squares begin at, which bounds the first steps.
     *
     * @param value 0 or more
     * @return a new optimiser
     */
    public Adagrad withInitialSum(double value) {
        return new Adagrad(rules(), rateDecay, value, epsilon);
    }

    /**
     * Sets what keeps the divisor from 0.
     *
     * @param value 0 or more
     * @return a new optimiser
     */
    public Adagrad withEpsilon(double value) {
        return new Adagrad(rules(), rateDecay, initialSum, value);
    }

    @Override
    public int stateSize() {
        return 1;
    }

    @Override
    public double defaultLearningRate() {
        return 1e-2;
    }

    @Override
    public void step(float[] weights, float[] gradients, float[][] state, int from, int to, Step step) {
        float[] sums = state[0];
        float rate = (float) (rate(step) / (1 + (step.number() - 1) * rateDecay));
        float decay = decay(step);
        float floor = (float) epsilon;
        float start = step.number() == 1 ? (float) initialSum : 0f;
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * weights[i];
            float sum = start + sums[i] + gradient * gradient;
            sums[i] = sum;
            weights[i] -= rate * gradient / ((float) Math.sqrt(sum) + floor);
        }
    }
}
