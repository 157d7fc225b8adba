package io.sparknn.train;

import io.sparknn.nn.loss.Loss;
import io.sparknn.optim.FullBatchOptimizer;
import io.sparknn.optim.Optimizer;
import io.sparknn.optim.Schedule;
import io.sparknn.tensor.Configured;
import java.io.Serializable;
import java.util.List;

/**
 * How a network is trained. Values are checked where users set them, in the Params of the estimators.
 *
 * <p>Immutable: each setting gives new options.
 */
public final class TrainingOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Values values;

    private TrainingOptions(Values values) {
        this.values = values;
    }

    /**
     * Options with the defaults of the estimators.
     *
     * @param loss what is made small
     * @param optimizer how weights move: an {@link Optimizer} or a {@link FullBatchOptimizer}
     * @param learningRate the base of the schedule
     * @return the options
     */
    public static TrainingOptions of(Loss loss, Configured optimizer, double learningRate) {
        Values values = new Values();
        values.loss = loss;
        values.optimizer = optimizer;
        values.learningRate = learningRate;
        return new TrainingOptions(values);
    }

    private interface Change {
        void apply(Values values);
    }

    private TrainingOptions with(Change change) {
        Values copy = values.copy();
        change.apply(copy);
        return new TrainingOptions(copy);
    }

    /**
     * Sets the schedule.
     *
     * @param schedule the learning rate of each epoch, null for a constant one
     * @return new options
     */
    public TrainingOptions withSchedule(Schedule schedule) {
        return with(v -> v.schedule = schedule);
    }

    /**
     * Sets the amount of work.
     *
     * @param maxEpochs epochs at most
     * @param batchSize rows of a step, over all workers
     * @param numWorkers workers, 0 for as many as pay
     * @return new options
     */
    public TrainingOptions withWork(int maxEpochs, int batchSize, int numWorkers) {
        return with(v -> {
            v.maxEpochs = maxEpochs;
            v.batchSize = batchSize;
            v.numWorkers = numWorkers;
        });
    }

    /**
     * Sets when to stop early, by the validation loss, or by that of the training rows without validation rows.
     *
     * @param patience epochs without progress after which training stops, 0 to run to the end
     * @param minDelta what counts as progress
     * @param restoreBest whether the weights of the best epoch are the result, or those of the last
     * @return new options
     */
    public TrainingOptions withPatience(int patience, double minDelta, boolean restoreBest) {
        return with(v -> {
            v.patience = patience;
            v.minDelta = minDelta;
            v.restoreBest = restoreBest;
        });
    }

    /**
     * Bounds the gradients.
     *
     * @param norm largest norm of all gradients, 0 for none
     * @param value largest size of each, 0 for none
     * @return new options
     */
    public TrainingOptions withClipping(double norm, double value) {
        return with(v -> {
            v.clipNorm = norm;
            v.clipValue = value;
        });
    }

    /**
     * Sets chance.
     *
     * @param seed of all random numbers
     * @param shuffle whether batches are drawn anew in each epoch, or follow the order of the rows
     * @return new options
     */
    public TrainingOptions withSeed(long seed, boolean shuffle) {
        return with(v -> {
            v.seed = seed;
            v.shuffle = shuffle;
        });
    }

    /**
     * Sets how often workers agree.
     *
     * @param syncEvery 1 to add up gradients in every step; n for n steps of each worker alone, then the mean of weights
     * @return new options
     */
    public TrainingOptions withSyncEvery(int syncEvery) {
        return with(v -> v.syncEvery = syncEvery);
    }

    /**
     * Sets where the state of the fit is kept.
     *
     * @param directory on any file system of Hadoop's, null for none
     * @param interval epochs between two checkpoints
     * @return new options
     */
    public TrainingOptions withCheckpoints(String directory, int interval) {
        return with(v -> {
            v.checkpointDir = directory;
            v.checkpointInterval = interval;
        });
    }

    /**
     * Sets further figures of each epoch.
     *
     * @param metrics the metrics
     * @return new options
     */
    public TrainingOptions withMetrics(List<Metric> metrics) {
        return with(v -> v.metrics = metrics.toArray(new Metric[0]));
    }

    Loss loss() {
        return values.loss;
    }

    Configured optimizer() {
        return values.optimizer;
    }

    double learningRate() {
        return values.learningRate;
    }

    Schedule schedule() {
        return values.schedule;
    }

    int maxEpochs() {
        return values.maxEpochs;
    }

    int batchSize() {
        return values.batchSize;
    }

    int numWorkers() {
        return values.numWorkers;
    }

    int patience() {
        return values.patience;
    }

    double minDelta() {
        return values.minDelta;
    }

    boolean restoreBest() {
        return values.restoreBest;
    }

    double clipNorm() {
        return values.clipNorm;
    }

    double clipValue() {
        return values.clipValue;
    }

    long seed() {
        return values.seed;
    }

    boolean shuffle() {
        return values.shuffle;
    }

    int syncEvery() {
        return values.syncEvery;
    }

    boolean isFullBatch() {
        return values.optimizer instanceof FullBatchOptimizer;
    }

    /** Whether each worker steps a network of its own, and those of one JVM do not share theirs. */
    boolean stepsAlone() {
        return values.syncEvery > 1 && !isFullBatch();
    }

    String checkpointDir() {
        return values.checkpointDir;
    }

    int checkpointInterval() {
        return values.checkpointInterval;
    }

    Metric[] metrics() {
        return values.metrics;
    }

    /** The fields, so that each setting is one line above. */
    private static final class Values implements Serializable, Cloneable {
        private static final long serialVersionUID = 1L;

        private Loss loss;
        private Configured optimizer;
        private double learningRate;
        private Schedule schedule;
        private int maxEpochs = 10;
        private int batchSize = 128;
        private int numWorkers;
        private int patience;
        private double minDelta;
        private boolean restoreBest = true;
        private double clipNorm;
        private double clipValue;
        private long seed;
        private boolean shuffle = true;
        private int syncEvery = 1;
        private String checkpointDir;
        private int checkpointInterval = 1;
        private Metric[] metrics = new Metric[0];

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
