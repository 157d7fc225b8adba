package io.sparknn.optim;

/**
 * Adam that divides by the root of the mean square only once that mean is known well enough.
 *
 * <p>{@code g' = g + weightDecay · w; m, v as in Adam; p = 2 / (1 - beta2) - 1; p(t) = p - 2t · beta2^t / (1 - beta2^t)}; where
 * {@code p(t) > 5}: {@code r = √((p(t) - 4)(p(t) - 2)p / ((p - 4)(p - 2)p(t)));
 * w = w - rate · r · m / (1 - beta1^t) · √(1 - beta2^t) / (√v + epsilon)}, before: {@code w = w - rate · m / (1 - beta1^t)}
 *
 * <p>State: m, v. Initially betas 0.9 and 0.999, epsilon 1e-8. Errors: a beta outside [0, 1), a negative epsilon. Source:
 * PyTorch's {@code RAdam}; Liu and others, arXiv:1908.03265.
 *
 * <pre>{@code
 * new RAdam().withBetas(0.9, 0.99);
 * }</pre>
 */
public final class RAdam extends StandardOptimizer<RAdam> {
    private static final long serialVersionUID = 1L;

    private final double beta1;
    private final double beta2;
    private final double epsilon;

    /** The optimiser with its initial settings. */
    public RAdam() {
        this(ParameterRules.NONE, 0.9, 0.999, 1e-8);
    }

    private RAdam(ParameterRules rules, double beta1, double beta2, double epsilon) {
        super(rules, beta1, beta2, epsilon);
        this.beta1 = fraction("beta1", beta1);
        this.beta2 = fraction("beta2", beta2);
        this.epsilon = notNegative("epsilon", epsilon);
    }

    @Override
    RAdam with(ParameterRules changed) {
        return new RAdam(changed, beta1, beta2, epsilon);
    }

    /**
     * Sets how slowly the averages follow.
     *
     * @param mean of the gradients, from 0 to below 1
     * @param square of their squares, from 0 to below 1
     * @return a new optimiser
     */
    public RAdam withBetas(double mean, double square) {
        return new RAdam(rules(), mean, square, epsilon);
    }

    /**
     * Sets what keeps the divisor from 0.
     *
     * @param value 0 or more
     * @return a new optimiser
     */
    public RAdam withEpsilon(double value) {
        return new RAdam(rules(), beta1, beta2, value);
    }

    @Override
    public int stateSize() {
        return 2;
    }

    @Override
    public void step(float[] weights, float[] gradients, float[][] state, int from, int to, Step step) {
        float[] means = state[0];
        float[] squares = state[1];
        double rectified = rectification(step.number());
        double size = rate(step) / (1 - Math.pow(beta1, (double) step.number()));
        // before the mean square is known well enough its root has no part in the divisor, which is 1
        float root = rectified > 0 ? 1f : 0f;
        float floor = rectified > 0 ? (float) epsilon : 1f;
        float rate = (float) (rectified > 0 ? size * rectified : size);
        float decay = decay(step);
        float keepMean = (float) beta1;
        float takeMean = (float) (1 - beta1);
        float keepSquare = (float) beta2;
        float takeSquare = (float) (1 - beta2);
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * weights[i];
            float mean = keepMean * means[i] + takeMean * gradient;
            float square = keepSquare * squares[i] + takeSquare * gradient * gradient;
            means[i] = mean;
            squares[i] = square;
            weights[i] -= rate * mean / (root * (float) Math.sqrt(square) + floor);
        }
    }

    /** What the step is multiplied by because of how many squares were seen; 0 as long as they are too few. */
    private double rectification(long t) {
        double longest = 2 / (1 - beta2) - 1;
        double power = Math.pow(beta2, (double) t);
        double length = longest - 2 * t * power / (1 - power);
        if (length <= 5) {
            return 0;
        }
        double ratio = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length);
        return Math.sqrt(ratio * (1 - power));
    }
}
