package io.sparknn.optim;

/**
 * Gradients over the root of their mean square.
 *
 * <p>{@code g' = g + weightDecay · w; v = alpha · v + (1 - alpha) · g'²; q = g' / (√v + epsilon)}, centred
 * {@code q = g' / (√(v - m²) + epsilon)} with {@code m = alpha · m + (1 - alpha) · g'}; {@code w = w - rate · q}, with momentum
 * {@code b = momentum · b + q; w = w - rate · b}
 *
 * <p>State: v, m if centred, b if there is momentum. Initially alpha 0.99, epsilon 1e-8, learning rate 0.01. Errors: an
 * alpha outside [0, 1), a negative momentum or epsilon. Source: PyTorch's {@code RMSprop}; Hinton, Neural networks for
 * machine learning, lecture 6; where rounding makes the variance {@code v - m²} negative, it is 0 here.
 *
 * <pre>{@code
 * new RmsProp().withMomentum(0.5).withCentered();
 * }</pre>
 */
public final class RmsProp extends StandardOptimizer<RmsProp> {
    private static final long serialVersionUID = 1L;

    private final double alpha;
    private final double epsilon;
    private final boolean centered;
    private final double momentum;

    /** The optimiser with its initial settings. */
    public RmsProp() {
        this(ParameterRules.NONE, 0.99, 1e-8, false, 0);
    }

    private RmsProp(ParameterRules rules, double alpha, double epsilon, boolean centered, double momentum) {
        super(rules, alpha, epsilon, centered, momentum);
        this.alpha = fraction("alpha", alpha);
        this.epsilon = notNegative("epsilon", epsilon);
        this.centered = centered;
        this.momentum = notNegative("momentum", momentum);
    }

    @Override
    RmsProp with(ParameterRules changed) {
        return new RmsProp(changed, alpha, epsilon, centered, momentum);
    }

    /**
     * Sets how slowly the averages follow.
     *
     * @param value from 0 to below 1
     * @return a new optimiser
     */
    public RmsProp withAlpha(double value) {
        return new RmsProp(rules(), value, epsilon, centered, momentum);
    }

    /**
     * Sets what keeps the divisor from 0.
     *
     * @param value 0 or more
     * @return a new optimiser
     */
    public RmsProp withEpsilon(double value) {
        return new RmsProp(rules(), alpha, value, centered, momentum);
    }

    /**
     * Divides by the standard deviation of the gradients, not by the root of their mean square.
     *
     * @return a new optimiser
     */
    public RmsProp withCentered() {
        return new RmsProp(rules(), alpha, epsilon, true, momentum);
    }

    /**
     * Sets the share of the last move that is kept.
     *
     * @param value 0 or more
     * @return a new optimiser
     */
    public RmsProp withMomentum(double value) {
        return new RmsProp(rules(), alpha, epsilon, centered, value);
    }

    @Override
    public int stateSize() {
        return 1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0);
    }

    @Override
    public double defaultLearningRate() {
        return 1e-2;
    }

    @Override
    public void step(float[] weights, float[] gradients, float[][] state, int from, int to, Step step) {
        float rate = (float) rate(step);
        float decay = decay(step);
        if (centered) {
            divideByDeviation(weights, gradients, state[0], state[1], from, to, decay);
        } else {
            divideByRoot(weights, gradients, state[0], from, to, decay);
        }
        if (momentum == 0) {
            for (int i = from; i < to; i++) {
                weights[i] -= rate * gradients[i];
            }
            return;
        }
        float[] moves = state[stateSize() - 1];
        float kept = (float) momentum;
        for (int i = from; i < to; i++) {
            float move = kept * moves[i] + gradients[i];
            moves[i] = move;
            weights[i] -= rate * move;
        }
    }

    private void divideByRoot(float[] weights, float[] gradients, float[] squares, int from, int to, float decay) {
        float keep = (float) alpha;
        float take = (float) (1 - alpha);
        float floor = (float) epsilon;
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * weights[i];
            float square = keep * squares[i] + take * gradient * gradient;
            squares[i] = square;
            gradients[i] = gradient / ((float) Math.sqrt(square) + floor);
        }
    }

    private void divideByDeviation(
            float[] weights, float[] gradients, float[] squares, float[] means, int from, int to, float decay) {
        float keep = (float) alpha;
        float take = (float) (1 - alpha);
        float floor = (float) epsilon;
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * weights[i];
            float square = keep * squares[i] + take * gradient * gradient;
            float mean = keep * means[i] + take * gradient;
            squares[i] = square;
            means[i] = mean;
            gradients[i] = gradient / ((float) Math.sqrt(Math.max(square - mean * mean, 0f)) + floor);
        }
    }
}
