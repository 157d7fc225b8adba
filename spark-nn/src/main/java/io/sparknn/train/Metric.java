package io.sparknn.train;

import io.sparknn.tensor.Configured;

/**
 * A figure that tells how well a network does, computed over the validation rows after each epoch: sums over rows, which
 * workers keep and the engine adds up, and a value made from them.
 *
 * <p>One of one's own is a class of three methods; what its constructor takes it passes to {@code super}:
 *
 * <pre>{@code
 * public final class WithinTenPercent extends Metric {
 *     @Override
 *     public int size() {
 *         return 2;
 *     }
 *
 *     @Override
 *     public void add(double[] sums, float[] output, float[] label, double weight) {
 *         sums[0] += Math.abs(output[0] - label[0]) < 0.1 * Math.abs(label[0]) ? weight : 0;
 *         sums[1] += weight;
 *     }
 *
 *     @Override
 *     public double value(double[] sums) {
 *         return sums[0] / sums[1];
 *     }
 * }
 * }</pre>
 */
public abstract class Metric extends Configured {
    private static final long serialVersionUID = 1L;

    /**
     * Keeps what the metric is made from.
     *
     * @param arguments all arguments of the subclass's constructor, in its order
     */
    protected Metric(Object... arguments) {
        super(arguments);
    }

    /**
     * The name under which the history shows it.
     *
     * @return the class's name with a small first letter, unless overridden
     */
    public String name() {
        String name = getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /**
     * How many sums it keeps.
     *
     * @return at least 1
     */
    public abstract int size();

    /**
     * Adds one row.
     *
     * @param sums what the rows before added up to, zeros at first; changed in place
     * @param output what the network gave for the row; not to be kept
     * @param label what it should have given: one number, or as many as the label column holds; not to be kept
     * @param weight the row's weight, 1 without a weight column
     */
    public abstract void add(double[] sums, float[] output, float[] label, double weight);

    /**
     * Merges the sums of other rows into these: addition, unless overridden.
     *
     * @param sums changed in place
     * @param others the sums of other rows
     */
    public void merge(double[] sums, double... others) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += others[i];
        }
    }

    /**
     * The figure.
     *
     * @param sums over all rows
     * @return the value
     */
    public abstract double value(double... sums);
}
