package io.sparknn.train.rows;

import java.io.Serializable;

/** What the driver has to know of a worker's rows. */
public final class RowSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int worker;
    private final int[] training;
    private final int[] validation;
    private final long[] classCounts;
    private final double weightSum;
    private final long skipped;
    private final long fingerprint;
    private final long contents;

    RowSummary(
            int worker,
            int[] training,
            int[] validation,
            long[] classCounts,
            double weightSum,
            long skipped,
            long fingerprint,
            long contents) {
        this.worker = worker;
        this.training = training;
        this.validation = validation;
        this.classCounts = classCounts;
        this.weightSum = weightSum;
        this.skipped = skipped;
        this.fingerprint = fingerprint;
        this.contents = contents;
    }

    /**
     * The worker whose rows they are.
     *
     * @return from 0
     */
    public int worker() {
        return worker;
    }

    /** Training rows of each source partition. */
    int[] training() {
        return training;
    }

    /** Validation rows of each source partition. */
    int[] validation() {
        return validation;
    }

    /** Training rows of each class; empty where the label is no class. */
    long[] classCounts() {
        return classCounts;
    }

    /** The weights of training rows; their count where there is no column of weights. */
    double weightSum() {
        return weightSum;
    }

    /** Invalid rows that were left out and told to this worker. */
    long skipped() {
        return skipped;
    }

    /** A number that changes when the rows do, or their order. */
    long fingerprint() {
        return fingerprint;
    }

    /** A number that changes with what the rows hold; those of all workers add up to the same however rows are dealt. */
    long contents() {
        return contents;
    }
}
