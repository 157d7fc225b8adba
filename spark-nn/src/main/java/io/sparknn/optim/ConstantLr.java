package io.sparknn.optim;

/**
 * A share of the learning rate for some epochs, then all of it.
 *
 * <p>{@code rate = base · factor} before epoch {@code epochs}, then base
 *
 * <p>Errors: a negative factor or number of epochs. Source: PyTorch's {@code ConstantLR}.
 *
 * <pre>{@code
 * new ConstantLr(0.1, 5);
 * }</pre>
 */
public final class ConstantLr extends Schedule {
    private static final long serialVersionUID = 1L;

    private final double factor;
    private final int epochs;

    /**
     * A schedule.
     *
     * @param factor the share
     * @param epochs how long it lasts, 0 for not at all
     */
    public ConstantLr(double factor, int epochs) {
        super(factor, epochs);
        this.factor = Ranges.notNegative("ConstantLr", "factor", factor);
        this.epochs = Ranges.notNegative("ConstantLr", "epochs", epochs);
    }

    @Override
    public double rate(double base, int epoch, double... losses) {
        return epoch < epochs ? base * factor : base;
    }
}
