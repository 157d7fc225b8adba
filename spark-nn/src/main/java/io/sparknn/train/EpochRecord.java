package io.sparknn.train;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one epoch of a fit came to. */
public final class EpochRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int epoch;
    private final double loss;
    private final double validationLoss;
    private final LinkedHashMap<String, Double> metrics;
    private final double learningRate;
    private final double rowsPerSecond;
    private final double seconds;

    /**
     * A record.
     *
     * @param epoch its number, 1 for the first
     * @param loss the mean loss of the training rows, each at the step that used it
     * @param validationLoss the mean loss of the validation rows at the end, NaN without validation rows
     * @param metrics other figures of the validation rows, of the training rows without any
     * @param learningRate the learning rate
     * @param rowsPerSecond training rows a second
     * @param seconds how long the epoch took, validation included
     */
    public EpochRecord(
            int epoch,
            double loss,
            double validationLoss,
            Map<String, Double> metrics,
            double learningRate,
            double rowsPerSecond,
            double seconds) {
        this.epoch = epoch;
        this.loss = loss;
        this.validationLoss = validationLoss;
        this.metrics = new LinkedHashMap<>(metrics);
        this.learningRate = learningRate;
        this.rowsPerSecond = rowsPerSecond;
        this.seconds = seconds;
    }

    /**
     * The number of the epoch.
     *
     * @return 1 for the first
     */
    public int epoch() {
        return epoch;
    }

    /**
     * The mean loss of the training rows, each at the step that used it.
     *
     * @return the loss
     */
    public double loss() {
        return loss;
    }

    /**
     * The mean loss of the validation rows at the end of the epoch.
     *
     * @return the loss, NaN without validation rows
     */
    public double validationLoss() {
        return validationLoss;
    }

    /**
     * Other figures by name.
     *
     * @return unmodifiable, in the order in which they were asked for
     */
    public Map<String, Double> metrics() {
        return Collections.unmodifiableMap(metrics);
    }

    /**
     * The learning rate.
     *
     * @return the rate
     */
    public double learningRate() {
        return learningRate;
    }

    /**
     * Training rows a second.
     *
     * @return the rows of the training set by the time their steps took
     */
    public double rowsPerSecond() {
        return rowsPerSecond;
    }

    /**
     * How long the epoch took, validation included.
     *
     * @return seconds
     */
    public double seconds() {
        return seconds;
    }
}
