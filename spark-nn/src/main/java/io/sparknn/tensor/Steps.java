package io.sparknn.tensor;

/**
 * The elements of rows of different length in the order in which a recurrent layer meets them: rows sorted by length, the
 * longest first, and of each step the elements of the rows that are still running, one behind the other.
 *
 * <p>So the rows at work in a step are always the first ones of that order, and one matrix product serves all of them.
 */
final class Steps {
    private final int[] order;
    private final int[] starts;
    private final int[] source;

    Steps(Lengths lengths, boolean backwards) {
        int rows = lengths.rows();
        int longest = lengths.longest();
        order = byLength(lengths, longest);
        starts = new int[longest + 1];
        source = new int[lengths.total()];
        int running = rows;
        int at = 0;
        for (int step = 0; step < longest; step++) {
            while (running > 0 && lengths.length(order[running - 1]) <= step) {
                running--;
            }
            starts[step] = at;
            for (int i = 0; i < running; i++) {
                int row = order[i];
                source[at++] = lengths.offset(row) + (backwards ? lengths.length(row) - 1 - step : step);
            }
        }
        starts[longest] = at;
    }

    /** Rows by falling length, equal ones as they stand: counted, for comparing boxed numbers would cost objects. */
    private static int[] byLength(Lengths lengths, int longest) {
        int[] next = new int[longest + 2];
        for (int row = 0; row < lengths.rows(); row++) {
            next[longest - lengths.length(row) + 1]++;
        }
        for (int i = 1; i < next.length; i++) {
            next[i] += next[i - 1];
        }
        int[] order = new int[lengths.rows()];
        for (int row = 0; row < lengths.rows(); row++) {
            order[next[longest - lengths.length(row)]++] = row;
        }
        return order;
    }

    /** How many steps the longest row takes. */
    int count() {
        return starts.length - 1;
    }

    /** The place of the first element of a step; of the number of steps, the number of all elements. */
    int start(int step) {
        return starts[step];
    }

    /** How many rows have an element in a step. */
    int running(int step) {
        return starts[step + 1] - starts[step];
    }

    /** The row that is at a place of the sorted order. */
    int row(int place) {
        return order[place];
    }

    /** How many elements all rows have. */
    int total() {
        return source.length;
    }

    /** Takes neighbours in this order, each of a width, from where they stand in the rows. */
    void gather(int from, int count, float[] x, int width, float[] elements) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(x, source[from + i] * width, elements, i * width, width);
        }
    }

    /** Puts neighbours in this order back to where they stand in the rows. */
    void scatter(int from, int count, float[] elements, int width, float[] y) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(elements, i * width, y, source[from + i] * width, width);
        }
    }

    /** Adds, to neighbours in this order, what stands in the rows. */
    void gatherAdd(int from, int count, float[] x, int width, float[] elements) {
        for (int i = 0; i < count; i++) {
            Lines.get().add(width, x, source[from + i] * width, elements, i * width);
        }
    }

    /** Adds neighbours in this order to what stands in the rows. */
    void scatterAdd(int from, int count, float[] elements, int width, float[] y) {
        for (int i = 0; i < count; i++) {
            Lines.get().add(width, elements, i * width, y, source[from + i] * width);
        }
    }
}
