package io.sparknn.optim;

/**
 * Lowers the learning rate to 0 along a power.
 *
 * <p>{@code rate = base · (1 - min(epoch / epochs, 1))^power}
 *
 * <p>Errors: epochs below 1, a negative power. Source: PyTorch's {@code PolynomialLR}.
 *
 * <pre>{@code
 * new PolynomialLr(30, 2);
 * }</pre>
 */
public final class PolynomialLr extends Schedule {
    private static final long serialVersionUID = 1L;

    private final int epochs;
    private final double power;

    /**
     * A schedule.
     *
     * @param epochs after how many the rate is 0, at least 1
     * @param power 1 for a straight line
     */
    public PolynomialLr(int epochs, double power) {
        super(epochs, power);
        this.epochs = Ranges.positive("PolynomialLr", "epochs", epochs);
        this.power = Ranges.notNegative("PolynomialLr", "power", power);
    }

    @Override
    public double rate(double base, int epoch, double... losses) {
        return base * Math.pow(1 - (double) Math.min(epoch, epochs) / epochs, power);
    }
}
