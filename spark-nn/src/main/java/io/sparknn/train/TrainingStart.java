package io.sparknn.train;

/** What is known of a fit before its first epoch. */
public final class TrainingStart {
    private final String name;
    private final long rows;
    private final long validationRows;
    private final int workers;
    private final int maxEpochs;
    private final long parameters;

    /**
     * The start of a fit.
     *
     * @param name the estimator's uid
     * @param rows training rows
     * @param validationRows validation rows
     * @param workers how many workers train
     * @param maxEpochs epochs at most
     * @param parameters how many values are trained
     */
    public TrainingStart(String name, long rows, long validationRows, int workers, int maxEpochs, long parameters) {
        this.name = name;
        this.rows = rows;
        this.validationRows = validationRows;
        this.workers = workers;
        this.maxEpochs = maxEpochs;
        this.parameters = parameters;
    }

    /**
     * The estimator's uid.
     *
     * @return the uid
     */
    public String name() {
        return name;
    }

    /**
     * Training rows.
     *
     * @return at least 1
     */
    public long rows() {
        return rows;
    }

    /**
     * Validation rows.
     *
     * @return 0 without a validation column
     */
    public long validationRows() {
        return validationRows;
    }

    /**
     * Workers.
     *
     * @return at least 1
     */
    public int workers() {
        return workers;
    }

    /**
     * Epochs at most.
     *
     * @return the Param maxEpochs
     */
    public int maxEpochs() {
        return maxEpochs;
    }

    /**
     * How many values are trained.
     *
     * @return each counted once
     */
    public long parameters() {
        return parameters;
    }
}
