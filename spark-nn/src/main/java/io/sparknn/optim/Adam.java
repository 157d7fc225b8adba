package io.sparknn.optim;

/**
 * Steps of about equal size for every weight: by the mean of its gradients over the root of their mean square.
 *
 * <p>{@code g' = g + weightDecay · w; m = beta1 · m + (1 - beta1) · g'; v = beta2 · v + (1 - beta2) · g'²;
 * w = w - rate · m / (1 - beta1^t) / (√(v / (1 - beta2^t)) + epsilon)} in step t
 *
 * <p>State: m, v, and with AMSGrad the largest v so far, which then stands in its place under the root. Initially betas
 * 0.9 and 0.999, epsilon 1e-8, weight decay 0. Errors: a beta outside [0, 1), a negative epsilon. Source: PyTorch's
 * {@code Adam}; Kingma and Ba, arXiv:1412.6980; Reddi and others, arXiv:1904.09237.
 *
 * <pre>{@code
 * new Adam().withBetas(0.9, 0.99).withAmsgrad();
 * }</pre>
 */
public final class Adam extends StandardOptimizer<Adam> {
    private static final long serialVersionUID = 1L;

    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final boolean amsgrad;

    /** The optimiser with its initial settings. */
    public Adam() {
        this(ParameterRules.NONE, 0.9, 0.999, 1e-8, false);
    }

    private Adam(ParameterRules rules, double beta1, double beta2, double epsilon, boolean amsgrad) {
        super(rules, beta1, beta2, epsilon, amsgrad);
        this.beta1 = fraction("beta1", beta1);
        this.beta2 = fraction("beta2", beta2);
        this.epsilon = notNegative("epsilon", epsilon);
        this.amsgrad = amsgrad;
    }

    @Override
    Adam with(ParameterRules changed) {
        return new Adam(changed, beta1, beta2, epsilon, amsgrad);
    }

    /**
     * Sets how slowly the averages follow.
     *
     * @param mean of the gradients, from 0 to below 1
     * @param square of their squares, from 0 to below 1
     * @return a new optimiser
     */
    public Adam withBetas(double mean, double square) {
        return new Adam(rules(), mean, square, epsilon, amsgrad);
    }

    /**
     * Sets what keeps the divisor from 0.
     *
     * @param value 0 or more
     * @return a new optimiser
     */
    public Adam withEpsilon(double value) {
        return new Adam(rules(), beta1, beta2, value, amsgrad);
    }

    /**
     * Divides by the largest average of squares so far.
     *
     * @return a new optimiser
     */
    public Adam withAmsgrad() {
        return new Adam(rules(), beta1, beta2, epsilon, true);
    }

    @Override
    public int stateSize() {
        return amsgrad ? 3 : 2;
    }

    @Override
    public void step(float[] weights, float[] gradients, float[][] state, int from, int to, Step step) {
        AdamLoops loops = new AdamLoops(beta1, beta2, epsilon, decay(step), 1, rate(step), step.number());
        if (amsgrad) {
            loops.stepLargest(weights, gradients, state, from, to);
        } else {
            loops.step(weights, gradients, state, from, to);
        }
    }
}
