package io.sparknn.train.rows;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What is known of all rows once they are packed: enough for every worker to number its rows and to draw batches. */
public final class RowCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TrainingColumns columns;
    private final long[] training;
    private final long[] validation;
    private final long[] classCounts;
    private final long[] fingerprints;
    private final long contents;
    private final double weightSum;
    private final long skipped;

    /** The sum of what workers found; checks that none is missing and each has the rows that were dealt to it. */
    RowCounts(TrainingColumns columns, List<RowSummary> summaries) {
        RowSummary[] workers = summaries.stream()
                .sorted(Comparator.comparingInt(RowSummary::worker))
                .toArray(RowSummary[]::new);
        this.columns = columns;
        training = sum(Arrays.stream(workers).map(RowSummary::training).toArray(int[][]::new));
        validation = sum(Arrays.stream(workers).map(RowSummary::validation).toArray(int[][]::new));
        classCounts = new long[columns.classes()];
        for (RowSummary worker : workers) {
            Arrays.setAll(classCounts, k -> classCounts[k] + worker.classCounts()[k]);
        }
        weightSum = Arrays.stream(workers).mapToDouble(RowSummary::weightSum).sum();
        skipped = Arrays.stream(workers).mapToLong(RowSummary::skipped).sum();
        contents = Arrays.stream(workers).mapToLong(RowSummary::contents).sum();
        fingerprints = Arrays.stream(workers).mapToLong(RowSummary::fingerprint).toArray();
        for (int i = 0; i < workers.length; i++) {
            checkDealt(workers[i], new Deal(i, workers.length));
        }
    }

    private static long[] sum(int[][] counts) {
        long[] sum = new long[counts[0].length];
        for (int[] each : counts) {
            Arrays.setAll(sum, i -> sum[i] + each[i]);
        }
        return sum;
    }

    private void checkDealt(RowSummary worker, Deal deal) {
        for (int p = 0; p < training.length; p++) {
            if (worker.training()[p] != deal.count(p, training[p])
                    || worker.validation()[p] != deal.count(p, validation[p])) {
                throw new IllegalStateException(columns.who() + " expects worker " + worker.worker() + " to have "
                        + deal.count(p, training[p]) + " training and " + deal.count(p, validation[p])
                        + " validation rows of partition " + p + ", got " + worker.training()[p] + " and "
                        + worker.validation()[p] + "; the shuffle lost or doubled rows, fit again");
            }
        }
    }

    /**
     * How many workers the rows are dealt to.
     *
     * @return at least 1
     */
    public int workers() {
        return fingerprints.length;
    }

    /**
     * Training rows.
     *
     * @return 0 or more
     */
    public long rows() {
        return Arrays.stream(training).sum();
    }

    /**
     * Validation rows.
     *
     * @return 0 or more
     */
    public long validationRows() {
        return Arrays.stream(validation).sum();
    }

    /**
     * Invalid rows that were left out.
     *
     * @return 0 unless invalid rows are skipped
     */
    public long skipped() {
        return skipped;
    }

    /**
     * Training rows of each class.
     *
     * @return empty where the label is no class
     */
    public long[] classCounts() {
        return classCounts.clone();
    }

    /**
     * The sum of the weights of training rows.
     *
     * @return their count where there is no column of weights
     */
    public double weightSum() {
        return weightSum;
    }

    /**
     * A number that tells the rows from others by what they hold.
     *
     * @return the same for any order of the rows and any number of workers
     */
    public long contents() {
        return contents;
    }

    /** Training rows of each source partition. */
    long[] training() {
        return training;
    }

    /** Validation rows of each source partition. */
    long[] validation() {
        return validation;
    }

    /**
     * Checks that a network can be trained on these rows: that there are any, that their weights are not all zero, that
     * there are two classes, and validation rows where a column should mark some.
     *
     * @throws IllegalArgumentException if not
     */
    public void check() {
        if (rows() + validationRows() == 0) {
            throw wrong(
                    "rows to train on", skipped == 0 ? "an empty DataFrame" : skipped + " invalid rows", "fit on data");
        }
        if (rows() == 0) {
            throw wrong(
                    "rows to train on",
                    validationRows() + " validation rows only",
                    "let column \"" + columns.validation() + "\" be false in training rows");
        }
        if (columns.validation() != null && validationRows() == 0) {
            throw wrong(
                    "validation rows",
                    "none",
                    "let column \"" + columns.validation()
                            + "\" be true in some rows, or unset validationIndicatorCol");
        }
        if (weightSum <= 0) {
            throw wrong(
                    "a training row of a weight above 0",
                    "zero in column \"" + columns.weight() + "\" of all " + rows(),
                    "mend the weights");
        }
        if (columns.classes() > 0
                && Arrays.stream(classCounts).filter(count -> count > 0).count() < 2) {
            int only = 0;
            while (classCounts[only] == 0) {
                only++;
            }
            throw wrong(
                    "training rows of two classes or more",
                    "label " + only + " in column \"" + columns.label() + "\" of all " + rows(),
                    "fit on rows of several classes");
        }
    }

    private IllegalArgumentException wrong(String expected, String got, String cure) {
        return new IllegalArgumentException(columns.who() + " expects " + expected + ", got " + got + "; " + cure);
    }

    /**
     * Checks that a worker's rows are those that were counted: a part that was lost is read anew, and a DataFrame may
     * give other rows then.
     *
     * @param rows a worker's
     * @throws IllegalStateException if they are not
     */
    public void verify(WorkerRows rows) {
        if (rows.workers() != workers() || rows.summary().fingerprint() != fingerprints[rows.worker()]) {
            throw new IllegalStateException(columns.who() + " expects a DataFrame that gives the same rows in the same"
                    + " order whenever it is read, got others when the lost rows of worker " + rows.worker()
                    + " were read anew; cache() or checkpoint() it before fit");
        }
    }
}
