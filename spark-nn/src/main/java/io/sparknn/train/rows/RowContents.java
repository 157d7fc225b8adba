package io.sparknn.train.rows;

/**
 * A number that tells rows from others by what they hold: the same for any order of them, however they are dealt to
 * workers and whether columns are stored sparse or dense.
 */
final class RowContents {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long MIX = 0xBF58476D1CE4E5B9L;

    private final RowLayout layout;
    private final int[] widths;
    private long sum;

    RowContents(RowLayout layout) {
        this.layout = layout;
        this.widths = layout.widths();
    }

    /** Adds a row of which label and weight come first, without its length. */
    void add(float[] words, int head, boolean mixed) {
        long row = numbers(words, head, layout.head(), 0);
        int at = head + layout.head();
        for (int column = 0; column < widths.length; column++) {
            int width = widths[column];
            long values;
            if (layout.ragged(column)) {
                int elements = Float.floatToRawIntBits(words[at]);
                values = elements + numbers(words, at + 1, elements * width, 1);
                at += 1 + elements * width;
            } else {
                int stored = mixed ? Float.floatToRawIntBits(words[at++]) - 1 : -1;
                values = stored < 0 ? numbers(words, at, width, 0) : places(words, at, stored);
                at += stored < 0 ? width : 2 * stored;
            }
            row = (row ^ values) * MIX;
        }
        sum += (row ^ (row >>> 29)) * GOLDEN;
    }

    /** Zeros add nothing, so that those a sparse row leaves out do not count. */
    private static long numbers(float[] words, int from, int n, int first) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Float.floatToRawIntBits(words[from + i]) * (GOLDEN * (2L * (first + i) + 1));
        }
        return sum;
    }

    private static long places(float[] words, int from, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            int place = Float.floatToRawIntBits(words[from + i]);
            sum += Float.floatToRawIntBits(words[from + n + i]) * (GOLDEN * (2L * place + 1));
        }
        return sum;
    }

    long sum() {
        return sum;
    }
}
