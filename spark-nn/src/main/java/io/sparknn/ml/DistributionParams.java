package io.sparknn.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Params of how a fit runs on the cluster, what it keeps and what it tells.
 *
 * @param <S> the estimator itself, which setters return
 */
public interface DistributionParams<S extends DistributionParams<S>> extends Params {
    /**
     * Param: how many workers train.
     *
     * @return the Param
     */
    default IntParam numWorkers() {
        return Settable.atLeast(this, "numWorkers", 0, "how many workers train, 0 for as many as pay");
    }

    /**
     * How many workers train.
     *
     * @return 0, for as many as pay, unless set
     */
    default int getNumWorkers() {
        return (Integer) getOrDefault(numWorkers());
    }

    /**
     * Sets how many workers train. The result is the same for any number, up to the rounding of sums.
     *
     * @param workers 0 for as many as pay
     * @return this
     */
    default S setNumWorkers(int workers) {
        return Settable.set(this, numWorkers(), workers);
    }

    /**
     * Param: how often workers agree.
     *
     * @return the Param
     */
    default IntParam syncEvery() {
        return Settable.atLeast(
                this,
                "syncEvery",
                1,
                "1 to add up gradients in every step; n for n steps of each worker alone, then the mean of weights");
    }

    /**
     * How often workers agree.
     *
     * @return 1, in every step, unless set
     */
    default int getSyncEvery() {
        return (Integer) getOrDefault(syncEvery());
    }

    /**
     * Sets how often workers agree: 1 makes the result independent of their number, more saves messages.
     *
     * @param steps 1 to add up gradients in every step; n for n steps of each worker alone, then the mean of weights
     * @return this
     */
    default S setSyncEvery(int steps) {
        return Settable.set(this, syncEvery(), steps);
    }

    /**
     * Param: where the state of a fit is kept.
     *
     * @return the Param
     */
    default Param<String> checkpointDir() {
        return new Param<>(
                uid(), "checkpointDir", "directory for the state of a fit, from which a stopped one goes on");
    }

    /**
     * Where the state of a fit is kept.
     *
     * @return a directory, or null for nowhere
     */
    default String getCheckpointDir() {
        boolean named = isSet(checkpointDir()) && !getOrDefault(checkpointDir()).isEmpty();
        return named ? getOrDefault(checkpointDir()) : null;
    }

    /**
     * Sets where the state of a fit is kept; a fit that finds a state of its own there goes on from it. Fits of other rows,
     * networks or settings may use the same directory, one after another or at once: each has a folder of its own in it.
     *
     * @param directory on any file system Hadoop knows; empty for nowhere
     * @return this
     */
    default S setCheckpointDir(String directory) {
        return Settable.set(this, checkpointDir(), directory);
    }

    /**
     * Param: epochs between two checkpoints.
     *
     * @return the Param
     */
    default IntParam checkpointInterval() {
        return Settable.atLeast(this, "checkpointInterval", 1, "epochs between two checkpoints");
    }

    /**
     * Epochs between two checkpoints.
     *
     * @return 1 unless set
     */
    default int getCheckpointInterval() {
        return (Integer) getOrDefault(checkpointInterval());
    }

    /**
     * Sets the epochs between two checkpoints.
     *
     * @param epochs 1 or more
     * @return this
     */
    default S setCheckpointInterval(int epochs) {
        return Settable.set(this, checkpointInterval(), epochs);
    }

    /**
     * Param: whether the log tells how training goes.
     *
     * @return the Param
     */
    default BooleanParam verbose() {
        return new BooleanParam(uid(), "verbose", "whether the log has a line for each epoch, at info");
    }

    /**
     * Whether the log tells how training goes.
     *
     * @return true unless set
     */
    default boolean getVerbose() {
        return (Boolean) getOrDefault(verbose());
    }

    /**
     * Sets whether the log tells how training goes.
     *
     * @param verbose false for silence
     * @return this
     */
    default S setVerbose(boolean verbose) {
        return Settable.set(this, verbose(), verbose);
    }
}
