package io.sparknn.train;

/**
 * The mean distance of outputs and labels, {@code mae} in the history. Of labels with several values, the mean over all.
 *
 * <pre>{@code
 * regressor.setMetrics(new MeanAbsoluteError());
 * }</pre>
 */
public final class MeanAbsoluteError extends Metric {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return "mae";
    }

    @Override
    public int size() {
        return 2;
    }

    @Override
    public void add(double[] sums, float[] output, float[] label, double weight) {
        for (int i = 0; i < label.length; i++) {
            sums[0] += weight * Math.abs((double) output[i] - label[i]);
            sums[1] += weight;
        }
    }

    @Override
    public double value(double... sums) {
        return sums[0] / sums[1];
    }
}
