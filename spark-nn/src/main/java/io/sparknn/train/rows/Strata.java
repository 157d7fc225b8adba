package io.sparknn.train.rows;

/**
 * The classes of rows from which a batch takes about equally many, and the place of each row in the order of all rows.
 *
 * <p>The class of a row is its place in the deal modulo the number of classes, so for 2, 4, 8 ... workers each worker has
 * a share of the classes, and every batch as many rows of it as of the others. The order of all rows goes level by level:
 * one row of each class that has not run out, then the next.
 */
final class Strata {
    private static final int ROWS_PER_CLASS = 64;

    /** Steps over (class, partition) in an epoch that are always worth it. */
    private static final long CHEAP_STEPS = 1 << 18;

    private final int classes;
    private final int[] sizes;
    private final int smallest;
    /** For each level from the smallest class's size on, the place of its first row. */
    private final long[] levels;

    Strata(long[] rows, long batchSize) {
        long total = 0;
        long partitions = 0;
        for (long count : rows) {
            total += count;
            partitions += count > 0 ? 1 : 0;
        }
        long most = Math.min(Math.min(Deal.PLACES, batchSize), total / ROWS_PER_CLASS);
        most = Math.min(most, Math.max(4 * total, CHEAP_STEPS) / Math.max(1, partitions));
        classes = (int) Long.highestOneBit(Math.max(1, most));
        sizes = sizes(rows);
        int least = Integer.MAX_VALUE;
        int largest = 0;
        for (int size : sizes) {
            least = Math.min(least, size);
            largest = Math.max(largest, size);
        }
        smallest = least;
        levels = new long[largest - smallest + 1];
        fillLevels();
    }

    private int[] sizes(long... rows) {
        long[] counts = new long[classes];
        for (int p = 0; p < rows.length; p++) {
            for (int c = 0; c < classes && rows[p] > 0; c++) {
                int first = first(p, c);
                counts[c] += first < rows[p] ? (rows[p] - first - 1) / classes + 1 : 0;
            }
        }
        int[] checked = new int[classes];
        for (int c = 0; c < classes; c++) {
            if (counts[c] > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("a class of rows to draw batches from is expected to have fewer than"
                        + " 2^31 rows, got " + counts[c] + "; take larger batches");
            }
            checked[c] = (int) counts[c];
        }
        return checked;
    }

    private void fillLevels() {
        levels[0] = (long) smallest * classes;
        for (int size : sizes) {
            for (int level = smallest; level < size; level++) {
                levels[level - smallest + 1]++;
            }
        }
        for (int i = 1; i < levels.length; i++) {
            levels[i] += levels[i - 1];
        }
    }

    int classes() {
        return classes;
    }

    int size(int number) {
        return sizes[number];
    }

    int largest() {
        return smallest + levels.length - 1;
    }

    /** The index of a partition's first row of a class. */
    int first(int partition, int number) {
        return (number - Deal.start(partition)) & (classes - 1);
    }

    /**
     * Places in the order of all rows. Classes are to be asked for in order, each once: behind the smallest class's last
     * row, a place depends on how many of the classes before go on.
     */
    final class Places {
        private final int[] taken = new int[levels.length];
        private final long[] tail = new long[levels.length];
        private int number;

        /** Goes to a class, and past those before it. */
        void moveTo(int target) {
            while (number < target) {
                pass(sizes[number++], false);
            }
            pass(sizes[number++], true);
        }

        private void pass(int size, boolean keep) {
            for (int i = 0; i < size - smallest; i++) {
                if (keep) {
                    tail[i] = levels[i] + taken[i];
                }
                taken[i]++;
            }
        }

        /** The place of the row of a level of the class moved to. */
        long place(int level) {
            return level < smallest ? (long) level * classes + number - 1 : tail[level - smallest];
        }
    }
}
