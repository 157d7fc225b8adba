package io.sparknn.optim;

/**
 * Steps as large as the last ones were, in the units of the weights: with hardly a learning rate to choose.
 *
 * <p>{@code g' = g + weightDecay · w; v = rho · v + (1 - rho) · g'²; d = √(u + epsilon) / √(v + epsilon) · g';
 * u = rho · u + (1 - rho) · d²; w = w - rate · d}
 *
 * <p>State: v, u. Initially rho 0.9, epsilon 1e-6, learning rate 1. Errors: a rho outside [0, 1), an epsilon not above 0.
 * Source: PyTorch's {@code Adadelta}; Zeiler, arXiv:1212.5701.
 *
 * <pre>{@code
 * new Adadelta().withRho(0.95);
 * }</pre>
 */
public final class Adadelta extends StandardOptimizer<Adadelta> {
    private static final long serialVersionUID = 1L;

    private final double rho;
    private final double epsilon;

    /** The optimiser with its initial settings. */
    public Adadelta() {
        this(ParameterRules.NONE, 0.9, 1e-6);
    }

    private Adadelta(ParameterRules rules, double rho, double epsilon) {
        super(rules, rho, epsilon);
        this.rho = fraction("rho", rho);
        this.epsilon = Ranges.positive("Adadelta", "epsilon", epsilon);
    }

    @Override
    Adadelta with(ParameterRules changed) {
        return new Adadelta(changed, rho, epsilon);
    }

    /**
     * Sets how slowly the averages follow.
     *
     * @param value from 0 to below 1
     * @return a new optimiser
     */
    public Adadelta withRho(double value) {
        return new Adadelta(rules(), value, epsilon);
    }

    /**
     * Sets what keeps the divisor from 0, and gives the first steps their size.
     *
     * @param value above 0
     * @return a new optimiser
     */
    public Adadelta withEpsilon(double value) {
        return new Adadelta(rules(), rho, value);
    }

    @Override
    public int stateSize() {
        return 2;
    }

    @Override
    public double defaultLearningRate() {
        return 1;
    }

    @Override
    public void step(float[] weights, float[] gradients, float[][] state, int from, int to, Step step) {
        float[] squares = state[0];
        float[] moves = state[1];
        float rate = (float) rate(step);
        float decay = decay(step);
        float keep = (float) rho;
        float take = (float) (1 - rho);
        float floor = (float) epsilon;
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * weights[i];
            float square = keep * squares[i] + take * gradient * gradient;
            float move = (float) Math.sqrt(moves[i] + floor) / (float) Math.sqrt(square + floor) * gradient;
            squares[i] = square;
            moves[i] = keep * moves[i] + take * move * move;
            weights[i] -= rate * move;
        }
    }
}
