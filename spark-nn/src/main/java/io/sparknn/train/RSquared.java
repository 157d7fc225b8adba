package io.sparknn.train;

/**
 * The share of the labels' variance that the outputs explain, {@code r2} in the history.
 *
 * <p>{@code 1 - Σ w (y - x)² / Σ w (y - mean y)²}; 1 is perfect, 0 as good as the mean. Labels with several values are
 * taken together as one population.
 *
 * <pre>{@code
 * regressor.setMetrics(new RSquared());
 * }</pre>
 */
public final class RSquared extends Metric {
    private static final long serialVersionUID = 1L;

    // places of the sums: weights, mean of labels, squared distances from it, squared errors
    private static final int WEIGHT = 0;
    private static final int MEAN = 1;
    private static final int SPREAD = 2;
    private static final int ERROR = 3;

    @Override
    public String name() {
        return "r2";
    }

    @Override
    public int size() {
        return 4;
    }

    @Override
    public void add(double[] sums, float[] output, float[] label, double weight) {
        for (int i = 0; i < label.length; i++) {
            double error = (double) output[i] - label[i];
            merge(sums, weight, label[i], 0, weight * error * error);
        }
    }

    /** By the distance of the means: differences of large sums of squares would leave few digits. */
    @Override
    public void merge(double[] sums, double... others) {
        double weight = sums[WEIGHT] + others[WEIGHT];
        if (others[WEIGHT] == 0) {
            return;
        }
        double distance = others[MEAN] - sums[MEAN];
        sums[SPREAD] += others[SPREAD] + distance * distance * sums[WEIGHT] * others[WEIGHT] / weight;
        sums[MEAN] += distance * others[WEIGHT] / weight;
        sums[WEIGHT] = weight;
        sums[ERROR] += others[ERROR];
    }

    @Override
    public double value(double... sums) {
        return 1 - sums[ERROR] / sums[SPREAD];
    }
}
