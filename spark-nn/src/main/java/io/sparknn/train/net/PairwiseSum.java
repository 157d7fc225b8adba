package io.sparknn.train.net;

/**
 * Adds up arrays in pairs: ((0 + 1) + (2 + 3)) + (4 + 5) and so on. The order depends on how many there are and on nothing
 * else, so the sum has the same bits whoever computes it.
 */
final class PairwiseSum {
    /** Elements taken at a time, so that the second look at them finds them in the cache. */
    private static final int STRETCH = 4096;

    private PairwiseSum() {}

    /**
     * Adds up the elements of a range.
     *
     * @param parts what is added; in this range they may be overwritten
     * @param total where the sum goes, which may be the first of the parts
     */
    static void add(float[][] parts, float[] total, int from, int to) {
        for (int at = from; at < to; at += STRETCH) {
            add(parts, 0, parts.length, total, at, Math.min(to, at + STRETCH));
        }
    }

    private static void add(float[][] parts, int first, int end, float[] total, int from, int to) {
        switch (end - first) {
            case 1 -> copy(parts[first], total, from, to);
            case 2 -> two(parts[first], parts[first + 1], total, from, to);
            case 3 -> three(parts[first], parts[first + 1], parts[first + 2], total, from, to);
            case 4 -> four(parts, first, total, from, to);
            default -> {
                int middle = first + Integer.highestOneBit(end - first - 1);
                add(parts, first, middle, total, from, to);
                add(parts, middle, end, parts[middle], from, to);
                two(total, parts[middle], total, from, to);
            }
        }
    }

    private static void copy(float[] a, float[] total, int from, int to) {
        if (a != total) {
            System.arraycopy(a, from, total, from, to - from);
        }
    }

    private static void two(float[] a, float[] b, float[] total, int from, int to) {
        for (int i = from; i < to; i++) {
            total[i] = a[i] + b[i];
        }
    }

    private static void three(float[] a, float[] b, float[] c, float[] total, int from, int to) {
        for (int i = from; i < to; i++) {
            total[i] = (a[i] + b[i]) + c[i];
        }
    }

    private static void four(float[][] parts, int first, float[] total, int from, int to) {
        four(parts[first], parts[first + 1], parts[first + 2], parts[first + 3], total, from, to);
    }

    private static void four(float[] a, float[] b, float[] c, float[] d, float[] total, int from, int to) {
        for (int i = from; i < to; i++) {
            total[i] = (a[i] + b[i]) + (c[i] + d[i]);
        }
    }
}
