package io.sparknn.optim;

/**
 * Adam by the largest gradient instead of the mean square.
 *
 * <p>{@code g' = g + weightDecay · w; m = beta1 · m + (1 - beta1) · g'; u = max(beta2 · u, |g'| + epsilon);
 * w = w - rate / (1 - beta1^t) · m / u} in step t
 *
 * <p>State: m, u. Initially betas 0.9 and 0.999, epsilon 1e-8, learning rate 0.002. Errors: a beta outside [0, 1), an
 * epsilon not above 0. Source: PyTorch's {@code Adamax}; Kingma and Ba, arXiv:1412.6980.
 *
 * <pre>{@code
 * new Adamax().withBetas(0.9, 0.99);
 * }</pre>
 */
public final class Adamax extends StandardOptimizer<Adamax> {
    private static final long serialVersionUID = 1L;

    private final double beta1;
    private final double beta2;
    private final double epsilon;

    /** The optimiser with its initial settings. */
    public Adamax() {
        this(ParameterRules.NONE, 0.9, 0.999, 1e-8);
    }

    private Adamax(ParameterRules rules, double beta1, double beta2, double epsilon) {
        super(rules, beta1, beta2, epsilon);
        this.beta1 = fraction("beta1", beta1);
        this.beta2 = fraction("beta2", beta2);
        this.epsilon = Ranges.positive("Adamax", "epsilon", epsilon);
    }

    @Override
    Adamax with(ParameterRules changed) {
        return new Adamax(changed, beta1, beta2, epsilon);
    }

    /**
     * Sets how slowly mean and largest gradient follow.
     *
     * @param mean of the gradients, from 0 to below 1
     * @param largest of the largest one, from 0 to below 1
     * @return a new optimiser
     */
    public Adamax withBetas(double mean, double largest) {
        return new Adamax(rules(), mean, largest, epsilon);
    }

    /**
     * Sets what keeps the divisor from 0.
     *
     * @param value above 0
     * @return a new optimiser
     */
    public Adamax withEpsilon(double value) {
        return new Adamax(rules(), beta1, beta2, value);
    }

    @Override
    public int stateSize() {
        return 2;
    }

    @Override
    public double defaultLearningRate() {
        return 2e-3;
    }

    @Override
    public void step(float[] weights, float[] gradients, float[][] state, int from, int to, Step step) {
        float[] means = state[0];
        float[] largest = state[1];
        float decay = decay(step);
        float keepMean = (float) beta1;
        float takeMean = (float) (1 - beta1);
        float keepLargest = (float) beta2;
        float floor = (float) epsilon;
        float size = (float) (rate(step) / (1 - Math.pow(beta1, (double) step.number())));
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * weights[i];
            float mean = keepMean * means[i] + takeMean * gradient;
            float most = Math.max(keepLargest * largest[i], Math.abs(gradient) + floor);
            means[i] = mean;
            largest[i] = most;
            weights[i] -= size * mean / most;
        }
    }
}
