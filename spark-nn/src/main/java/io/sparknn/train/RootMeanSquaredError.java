package io.sparknn.train;

/**
 * The root of the mean squared distance of outputs and labels, {@code rmse} in the history. Of labels with several
 * values, the mean is over all.
 *
 * <pre>{@code
 * regressor.setMetrics(new RootMeanSquaredError());
 * }</pre>
 */
public final class RootMeanSquaredError extends Metric {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return "rmse";
    }

    @Override
    public int size() {
        return 2;
    }

    @Override
    public void add(double[] sums, float[] output, float[] label, double weight) {
        for (int i = 0; i < label.length; i++) {
            double error = (double) output[i] - label[i];
            sums[0] += weight * error * error;
            sums[1] += weight;
        }
    }

    @Override
    public double value(double... sums) {
        return Math.sqrt(sums[0] / sums[1]);
    }
}
