package io.sparknn.train.rows;

/**
 * Which rows one of the workers gets.
 *
 * <p>Row i of source partition p has the place (s(p) + i) mod 1024, and the worker of a row is its place modulo a power of
 * two, modulo the number of workers. So a row needs no number of its own to be known: a worker that has counted k rows of
 * a partition knows the index of each of them.
 *
 * <p>The power of two lies between 16 and 32 times the number of workers. It gives whole classes of {@link Strata} to one
 * worker where a batch has 32 rows for each, so that all workers have the same share of every batch, but for three in a
 * hundred or so where their number is no power of two.
 *
 * <p>The start s(p) follows the multiples of the golden ratio, bits reversed: where partitions hold one row each, or each
 * second one is empty, those that do hold rows still spread over the workers.
 */
final class Deal {
    /** How many places there are, and so how many workers at most; a power of two. */
    static final int PLACES = 1024;

    private static final int GOLDEN = 0x9E3779B9;

    /** The places that are the worker's, in order, and behind them nothing of meaning. */
    private final int[] own = new int[PLACES];
    /** How many of the places below the index are the worker's. */
    private final int[] before = new int[PLACES + 1];

    Deal(int worker, int workers) {
        int owned = 0;
        for (int place = 0; place < PLACES; place++) {
            own[owned] = place;
            owned += worker(place, workers) == worker ? 1 : 0;
            before[place + 1] = owned;
        }
    }

    /** The place of a partition's first row. */
    static int start(int partition) {
        return Integer.reverse(partition * GOLDEN) & (PLACES - 1);
    }

    private static int worker(int place, int workers) {
        int among = Math.min(PLACES, Integer.highestOneBit(32 * workers));
        return (place & (among - 1)) % workers;
    }

    /** The worker of a row. */
    static int worker(int partition, long index, int workers) {
        return worker((int) ((start(partition) + index) & (PLACES - 1)), workers);
    }

    /** How many of the first rows of a partition are the worker's: the rank of the row after them, if that is too. */
    long count(int partition, long rows) {
        int start = start(partition);
        return before(start + rows) - before[start];
    }

    /** Whether a place is the worker's; places beyond 1023 start over. */
    boolean owns(long place) {
        int at = (int) (place & (PLACES - 1));
        return before[at + 1] > before[at];
    }

    /** How many of the places below one are the worker's, places beyond 1023 counted too. */
    long before(long place) {
        return place / PLACES * before[PLACES] + before[(int) (place & (PLACES - 1))];
    }

    /** The index in its partition of the row of a rank among the worker's. */
    long index(int partition, long rank) {
        int start = start(partition);
        long number = before[start] + rank;
        int cycle = before[PLACES];
        return number / cycle * PLACES + own[(int) (number % cycle)] - start;
    }
}
