package io.sparknn.optim;

/**
 * Adam with Nesterov's momentum, which grows over the first steps.
 *
 * <p>{@code g' = g + weightDecay · w; m, v as in Adam; mu(t) = beta1 · (1 - 0.96^(t · momentumDecay) / 2);
 * M(t) = mu(1) · ... · mu(t); w = w - rate · ((1 - mu(t)) / (1 - M(t)) · g' + mu(t + 1) / (1 - mu(t) · M(t + 1)) · m)
 * / (√(v / (1 - beta2^t)) + epsilon)} in step t
 *
 * <p>State: m, v. Initially betas 0.9 and 0.999, epsilon 1e-8, momentum decay 0.004, learning rate 0.002. Errors: a beta
 * outside [0, 1), a negative epsilon. Source: {@code NAdam} as PyTorch 1.13 computes it (later ones have
 * no mu(t) in the second divisor, which matters in the first few steps alone); Dozat, Incorporating Nesterov momentum into Adam.
 *
 * <pre>{@code
 * new NAdam().withWeightDecay(1e-4);
 * }</pre>
 */
public final class NAdam extends StandardOptimizer<NAdam> {
    private static final long serialVersionUID = 1L;

    /** Below this, 1 minus a product is 1 in double. */
    private static final double VANISHED = 1e-17;

    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double momentumDecay;

    /** The optimiser with its initial settings. */
    public NAdam() {
        this(ParameterRules.NONE, 0.9, 0.999, 1e-8, 4e-3);
    }

    private NAdam(ParameterRules rules, double beta1, double beta2, double epsilon, double momentumDecay) {
        super(rules, beta1, beta2, epsilon, momentumDecay);
        this.beta1 = fraction("beta1", beta1);
        this.beta2 = fraction("beta2", beta2);
        this.epsilon = notNegative("epsilon", epsilon);
        this.momentumDecay = notNegative("momentumDecay", momentumDecay);
    }

    @Override
    NAdam with(ParameterRules changed) {
        return new NAdam(changed, beta1, beta2, epsilon, momentumDecay);
    }

    /**
     * Sets how slowly the averages follow.
     *
     * @param mean of the gradients, from 0 to below 1
     * @param square of their squares, from 0 to below 1
     * @return a new optimiser
     */
    public NAdam withBetas(double mean, double square) {
        return new NAdam(rules(), mean, square, epsilon, momentumDecay);
    }

    /**
     * Sets what keeps the divisor from 0.
     *
     * @param value 0 or more
     * @return a new optimiser
     */
    public NAdam withEpsilon(double value) {
        return new NAdam(rules(), beta1, beta2, value, momentumDecay);
    }

    /**
     * Sets how fast the momentum reaches its full size.
     *
     * @param value 0 or more
     * @return a new optimiser
     */
    public NAdam withMomentumDecay(double value) {
        return new NAdam(rules(), beta1, beta2, epsilon, value);
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
        float[] squares = state[1];
        long t = step.number();
        double rate = rate(step);
        double product = momentumProduct(t);
        double next = momentum(t + 1);
        float ofGradient = (float) (rate * (1 - momentum(t)) / (1 - product));
        float ofMean = (float) (rate * next / (1 - product * momentum(t) * next));
        float scale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) t)));
        float decay = decay(step);
        float keepMean = (float) beta1;
        float takeMean = (float) (1 - beta1);
        float keepSquare = (float) beta2;
        float takeSquare = (float) (1 - beta2);
        float floor = (float) epsilon;
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * weights[i];
            float mean = keepMean * means[i] + takeMean * gradient;
            float square = keepSquare * squares[i] + takeSquare * gradient * gradient;
            means[i] = mean;
            squares[i] = square;
            weights[i] -= (ofGradient * gradient + ofMean * mean) / (scale * (float) Math.sqrt(square) + floor);
        }
    }

    private double momentum(long t) {
        return beta1 * (1 - 0.5 * Math.pow(0.96, (double) t * momentumDecay));
    }

    /**
     * The product of all momenta so far, from the number of the step alone, so that it is no state: after a few hundred
     * steps it has vanished, and the loop is never long.
     */
    private double momentumProduct(long t) {
        if (Math.pow(beta1, (double) t) < VANISHED) {
            return 0;
        }
        double factor = Math.pow(0.96, momentumDecay);
        double power = 1;
        double product = 1;
        for (long k = 1; k <= t; k++) {
            power *= factor;
            product *= beta1 * (1 - 0.5 * power);
        }
        return product;
    }
}
