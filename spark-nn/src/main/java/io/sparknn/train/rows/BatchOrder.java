package io.sparknn.train.rows;

import java.util.Arrays;

/**
 * Which of its rows a worker takes in each batch of an epoch. Which rows make a batch depends on seed, epoch and the
 * rows, and not on how many workers there are; each row is in one batch of an epoch.
 *
 * <p>Cost: about as much memory as an int for each row of the worker, three while an epoch is drawn; time as {@link
 * Strata} says.
 */
public final class BatchOrder {
    private final RowSet rows;
    private final Deal deal;
    private final long[] counts;
    private final long[] globalFirsts;
    private final long seed;
    private final boolean shuffle;
    private final int batchSize;
    private final long total;
    private final Strata strata;
    private final int[] order;
    private final int[] starts;

    /**
     * The order of a worker's rows.
     *
     * @param counts of all workers' rows
     * @param worker the rows of this one, which are checked to be those that were counted
     * @param seed of the fit
     * @param shuffle whether each epoch draws batches anew; if not, they follow the order of the rows
     * @param batchSize rows in a batch over all workers
     */
    public BatchOrder(RowCounts counts, WorkerRows worker, long seed, boolean shuffle, int batchSize) {
        this(worker, worker.training(), counts.training(), seed, shuffle, batchSize);
        counts.verify(worker);
    }

    /**
     * The order of a worker's validation rows: that of the rows, never shuffled.
     *
     * @param counts of all workers' rows
     * @param worker the rows of this one
     * @param batchSize rows in a batch over all workers
     * @return the order
     */
    public static BatchOrder ofValidation(RowCounts counts, WorkerRows worker, int batchSize) {
        return new BatchOrder(worker, worker.validation(), counts.validation(), 0, false, batchSize);
    }

    private BatchOrder(WorkerRows worker, RowSet rows, long[] counts, long seed, boolean shuffle, int batchSize) {
        this.rows = rows;
        this.deal = new Deal(worker.worker(), worker.workers());
        this.counts = counts;
        this.seed = seed;
        this.shuffle = shuffle;
        this.batchSize = batchSize;
        globalFirsts = new long[this.counts.length + 1];
        for (int p = 0; p < this.counts.length; p++) {
            globalFirsts[p + 1] = globalFirsts[p] + this.counts[p];
        }
        total = globalFirsts[this.counts.length];
        strata = shuffle ? new Strata(this.counts, batchSize) : null;
        order = new int[rows.size()];
        starts = new int[batches() + 1];
        if (!shuffle) {
            follow();
        }
    }

    /**
     * Draws the batches of an epoch.
     *
     * @param epoch its number; the same number gives the same batches
     */
    public void start(long epoch) {
        if (shuffle) {
            draw(epoch);
        }
    }

    /**
     * How many batches an epoch has.
     *
     * @return 0 without training rows
     */
    public int batches() {
        return Math.toIntExact((total + batchSize - 1) / batchSize);
    }

    /**
     * Where this worker's rows of a batch begin in {@link #order}.
     *
     * @param batch its number from 0
     * @return the first index
     */
    public int from(int batch) {
        return starts[batch];
    }

    /**
     * Where this worker's rows of a batch end in {@link #order}.
     *
     * @param batch its number from 0
     * @return the index after the last
     */
    public int to(int batch) {
        return starts[batch + 1];
    }

    /**
     * This worker's rows in the order of batches.
     *
     * @return numbers of rows in their {@link RowSet}; not to be changed
     */
    public int[] order() {
        return order;
    }

    /**
     * Rows of a batch over all workers.
     *
     * @param batch its number from 0
     * @return the batch size, or fewer for the last
     */
    public int batchRows(int batch) {
        return (int) Math.min(batchSize, total - (long) batch * batchSize);
    }

    /**
     * The number of a row among those of all workers.
     *
     * @param row its number in its {@link RowSet}
     * @return from 0, in order of source partition and index
     */
    public long number(int row) {
        int partition = rows.partition(row);
        return globalFirsts[partition] + rows.index(row, partition);
    }

    private void follow() {
        Arrays.setAll(order, i -> i);
        for (int row = 0; row < order.length; row++) {
            starts[(int) (number(row) / batchSize) + 1]++;
        }
        addUp();
    }

    private void addUp() {
        for (int b = 1; b < starts.length; b++) {
            starts[b] += starts[b - 1];
        }
    }

    /** Class by class, then sorted by batch: a worker need not hold the permutations of all classes at once. */
    private void draw(long epoch) {
        int[] drawn = new int[order.length];
        int[] batchOf = new int[order.length];
        int[] members = new int[strata.largest()];
        Strata.Places places = strata.new Places();
        Arrays.fill(starts, 0);
        int n = 0;
        for (int c = 0; c < strata.classes(); c++) {
            if (!isMine(c)) {
                continue;
            }
            collect(c, members);
            new Draw(seed, epoch, c).shuffle(members, strata.size(c));
            places.moveTo(c);
            for (int level = 0; level < strata.size(c); level++) {
                if (members[level] >= 0) {
                    int batch = (int) (places.place(level) / batchSize);
                    drawn[n] = members[level];
                    batchOf[n++] = batch;
                    starts[batch + 1]++;
                }
            }
        }
        addUp();
        int[] next = Arrays.copyOf(starts, starts.length);
        for (int i = 0; i < n; i++) {
            order[next[batchOf[i]]++] = drawn[i];
        }
    }

    /** Whether a class can have rows of this worker. */
    private boolean isMine(int number) {
        for (int place = number; place < Deal.PLACES; place += strata.classes()) {
            if (deal.owns(place)) {
                return true;
            }
        }
        return false;
    }

    /** Puts all rows of a class into an array in order of partition and index: the number of mine, -1 for others'. */
    private void collect(int number, int[] members) {
        int n = 0;
        int step = strata.classes();
        for (int p = 0; p < counts.length; p++) {
            long start = Deal.start(p);
            long end = start + counts[p];
            long first = rows.firsts()[p] - deal.before(start);
            for (long place = start + strata.first(p, number); place < end; place += step) {
                members[n++] = deal.owns(place) ? (int) (first + deal.before(place)) : -1;
            }
        }
    }
}
