package io.sparknn.train;

/**
 * The share of right answers.
 *
 * <p>With one label and several outputs an answer is the class of the largest output; with one output, whether it is above
 * 0, as of {@code BceWithLogitsLoss}; with several labels, each counts for itself in that way.
 *
 * <pre>{@code
 * classifier.setMetrics(new Accuracy());
 * }</pre>
 */
public final class Accuracy extends Metric {
    private static final long serialVersionUID = 1L;

    @Override
    public int size() {
        return 2;
    }

    @Override
    public void add(double[] sums, float[] output, float[] label, double weight) {
        if (label.length == 1 && output.length > 1) {
            sums[0] += largest(output) == label[0] ? weight : 0;
            sums[1] += weight;
            return;
        }
        for (int i = 0; i < label.length; i++) {
            sums[0] += output[i] > 0 == label[i] > 0.5f ? weight : 0;
            sums[1] += weight;
        }
    }

    private static int largest(float... output) {
        int largest = 0;
        for (int i = 1; i < output.length; i++) {
            largest = output[i] > output[largest] ? i : largest;
        }
        return largest;
    }

    @Override
    public double value(double... sums) {
        return sums[0] / sums[1];
    }
}
