package io.sparknn.train.rows;

/**
 * Which rows one of the workers gets.
 *
 * <p>Row i of source partition p has the place (s(p) + i) mod 1024, and the worker of a row is its place modulo the number
 * of workers. So a row needs no number of its own to be known: a worker that has counted k rows of a partition knows the
 * index of each of them.
 *
 * <p>The start s(p) follows the multiples of the golden ratio, bits reversed: where partitions hold one row each, or each
 * second one is empty, those that do hold rows still spread over the workers.
 */
final class Deal {
    /** How many places there are, and so how many workers at most; a power of two. */
    static final int PLACES = 1024;

    private static final int GOLDEN = 0x9E3779B9;

    private final int workers;
    /** How many of the places below the index are the worker's. */
    private final int[] before = new int[PLACES + 1];

    Deal(int worker, int workers) {
        this.workers = workers;
        for (int place = 0; place < PLACES; place++) {
            before[place + 1] = before[place] + (place % workers == worker ? 1 : 0);
        }
    }

    /** The place of a partition's first row. */
    static int start(int partition) {
        return Integer.reverse(partition * GOLDEN) & (PLACES - 1);
    }

    /** The worker of a row. */
    static int worker(int partition, long index, int workers) {
        return (int) ((start(partition) + index) & (PLACES - 1)) % workers;
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
        long place = before[start] + rank;
        long inCycle = place % before[PLACES];
        return place / before[PLACES] * PLACES + firstPlace() + inCycle * workers - start;
    }

    private int firstPlace() {
        int place = 0;
        while (before[place + 1] == 0) {
            place++;
        }
        return place;
    }
}
