package io.sparknn.optim;

/**
 * Stochastic gradient descent, with momentum if wanted.
 *
 * <p>{@code g' = g + weightDecay · w; b = momentum · b + (1 - dampening) · g'; w = w - rate · b}; in the first step
 * {@code b = g'}; without momentum {@code b = g'} always; with Nesterov's momentum {@code w = w - rate · (g' + momentum · b)}.
 *
 * <p>State: b, if there is momentum. Errors: a negative momentum; Nesterov's without momentum or with dampening. Source:
 * PyTorch's {@code SGD}; Sutskever and others, On the importance of initialization and momentum in deep learning.
 *
 * <pre>{@code
 * new Sgd().withMomentum(0.9).withNesterov();
 * }</pre>
 */
public final class Sgd extends StandardOptimizer<Sgd> {
    private static final long serialVersionUID = 1L;

    private final double momentum;
    private final double dampening;
    private final boolean nesterov;

    /** Plain gradient descent. */
    public Sgd() {
        this(ParameterRules.NONE, 0, 0, false);
    }

    private Sgd(ParameterRules rules, double momentum, double dampening, boolean nesterov) {
        super(rules, momentum, dampening, nesterov);
        this.momentum = notNegative("momentum", momentum);
        this.dampening = dampening;
        this.nesterov = nesterov;
        if (nesterov && (momentum == 0 || dampening != 0)) {
            throw new IllegalArgumentException(
                    "Sgd with Nesterov's momentum expects a momentum above 0 and no dampening," + " got momentum "
                            + momentum + " and dampening " + dampening + "; call withMomentum(0.9) first");
        }
    }

    @Override
    Sgd with(ParameterRules changed) {
        return new Sgd(changed, momentum, dampening, nesterov);
    }

    /**
     * Sets the share of the last move that is kept.
     *
     * @param value 0 or more, usually 0.9
     * @return a new optimiser
     */
    public Sgd withMomentum(double value) {
        return new Sgd(rules(), value, dampening, nesterov);
    }

    /**
     * Sets how much less of a gradient enters the momentum.
     *
     * @param value 0 for all of it
     * @return a new optimiser
     */
    public Sgd withDampening(double value) {
        return new Sgd(rules(), momentum, value, nesterov);
    }

    /**
     * Looks one move of the momentum ahead.
     *
     * @return a new optimiser
     */
    public Sgd withNesterov() {
        return new Sgd(rules(), momentum, dampening, true);
    }

    @Override
    public int stateSize() {
        return momentum == 0 ? 0 : 1;
    }

    @Override
    public double defaultLearningRate() {
        return 1e-2;
    }

    @Override
    public void step(float[] weights, float[] gradients, float[][] state, int from, int to, Step step) {
        float rate = (float) rate(step);
        float decay = decay(step);
        if (momentum == 0) {
            for (int i = from; i < to; i++) {
                weights[i] -= rate * (gradients[i] + decay * weights[i]);
            }
            return;
        }
        float[] moves = state[0];
        float kept = step.number() == 1 ? 0f : (float) momentum;
        float taken = step.number() == 1 ? 1f : (float) (1 - dampening);
        // Nesterov's move is g + momentum · b, the plain one is b: both are g · own + b · ahead
        float own = nesterov ? 1f : 0f;
        float ahead = nesterov ? (float) momentum : 1f;
        for (int i = from; i < to; i++) {
            float gradient = gradients[i] + decay * weights[i];
            float move = kept * moves[i] + taken * gradient;
            moves[i] = move;
            weights[i] -= rate * (own * gradient + ahead * move);
        }
    }
}
