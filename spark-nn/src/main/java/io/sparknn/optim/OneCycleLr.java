package io.sparknn.optim;

/**
 * Raises the learning rate to a maximum over the first 30 % of the epochs, then lowers it to almost nothing; the rate that the
 * user set is not used.
 *
 * <p>{@code rate = from + (to - from) · (1 - cos(π · share)) / 2}, from max / 25 to max, then to max / 250,000
 *
 * <p>Errors: a maximum not above 0, fewer than 2 epochs. Source: PyTorch's {@code OneCycleLR}; Smith and Topin,
 * arXiv:1708.07120.
 *
 * <pre>{@code
 * new OneCycleLr(0.1, 20);
 * }</pre>
 */
public final class OneCycleLr extends Schedule {
    private static final long serialVersionUID = 1L;

    private static final double RISING = 0.3;
    private static final double START = 25;
    private static final double END = 1e4;

    private final double max;
    private final int epochs;

    /**
     * A schedule.
     *
     * @param max the highest rate
     * @param epochs of the whole fit, at least 2; later ones stay at the lowest rate
     */
    public OneCycleLr(double max, int epochs) {
        super(max, epochs);
        this.max = Ranges.positive("OneCycleLr", "max", max);
        this.epochs = epochs;
        if (epochs < 2) {
            throw Ranges.refused("OneCycleLr", "epochs", "of 2 or more", epochs);
        }
    }

    @Override
    public double rate(double base, int epoch, double... losses) {
        double top = RISING * epochs - 1;
        double last = epochs - 1;
        double low = max / START;
        return epoch <= top
                ? between(low, max, epoch / top)
                : between(max, low / END, (Math.min(epoch, last) - top) / (last - top));
    }

    private static double between(double from, double to, double share) {
        return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
    }
}
