package io.sparknn.tensor;

/**
 * Goes over a long array in pieces that hold whole periods of shorter ones, which are repeated to the length of a piece:
 * loops over arrays that all start at 0 become vector code, those of two different offsets do not.
 */
final class Tiles {
    private static final int LENGTH = 1024;

    private final int period;
    private final int length;

    /** For an array of n elements, a multiple of the period. */
    Tiles(int n, int period) {
        this.period = period;
        this.length = Math.min(n, period * Math.max(1, LENGTH / Math.max(1, period)));
    }

    /** The most elements of a piece. */
    int length() {
        return length;
    }

    /** Whole periods of a value each, repeated. */
    float[] repeat(float[] values) {
        float[] repeated = Pass.current().allocate(length);
        System.arraycopy(values, 0, repeated, 0, Math.min(period, length));
        for (int to = period; to < length; to += period) {
            System.arraycopy(repeated, 0, repeated, to, Math.min(period, length - to));
        }
        return repeated;
    }

    /** {@code y · scale + shift}; either may be null. */
    void scaleAndShift(float[] y, int n, float[] scale, float[] shift) {
        float[] factor = scale == null ? null : repeat(scale);
        float[] term = shift == null ? null : repeat(shift);
        float[] piece = Pass.current().allocate(length);
        for (int from = 0; from < n; from += length) {
            int size = Math.min(length, n - from);
            System.arraycopy(y, from, piece, 0, size);
            if (factor != null) {
                multiply(size, piece, factor);
            }
            if (term != null) {
                add(size, piece, term);
            }
            System.arraycopy(piece, 0, y, from, size);
        }
    }

    /** {@code y = (x - mean) · scale + shift}, period by period. */
    void normalize(float[] x, float[] y, int n, float[] high, float[] low, float[] scale, float[] shift) {
        float[] first = repeat(high);
        float[] second = repeat(low);
        float[] factor = repeat(scale);
        float[] term = repeat(shift);
        float[] piece = Pass.current().allocate(length);
        for (int from = 0; from < n; from += length) {
            int size = Math.min(length, n - from);
            System.arraycopy(x, from, piece, 0, size);
            normalize(size, piece, first, second, factor, term);
            System.arraycopy(piece, 0, y, from, size);
        }
    }

    /** {@code gx += gy · scale - (shift + (x - mean) · slope)}, period by period. */
    void backward(
            float[] x,
            float[] gy,
            float[] gx,
            int n,
            float[] high,
            float[] low,
            float[] scale,
            float[] shift,
            float[] slope) {
        float[] first = repeat(high);
        float[] second = repeat(low);
        float[] factor = repeat(scale);
        float[] term = repeat(shift);
        float[] rise = repeat(slope);
        float[] ofX = new float[length];
        float[] ofY = new float[length];
        float[] sum = new float[length];
        for (int from = 0; from < n; from += length) {
            int size = Math.min(length, n - from);
            System.arraycopy(x, from, ofX, 0, size);
            System.arraycopy(gy, from, ofY, 0, size);
            System.arraycopy(gx, from, sum, 0, size);
            normalize(size, ofX, first, second, rise, term);
            multiply(size, ofY, factor);
            addDifference(size, sum, ofY, ofX);
            System.arraycopy(sum, 0, gx, from, size);
        }
    }

    private static void multiply(int n, float[] y, float[] factor) {
        for (int i = 0; i < n; i++) {
            y[i] *= factor[i];
        }
    }

    private static void add(int n, float[] y, float[] term) {
        for (int i = 0; i < n; i++) {
            y[i] += term[i];
        }
    }

    private static void addDifference(int n, float[] y, float[] more, float[] less) {
        for (int i = 0; i < n; i++) {
            y[i] += more[i] - less[i];
        }
    }

    private static void normalize(int n, float[] y, float[] high, float[] low, float[] scale, float[] shift) {
        for (int i = 0; i < n; i++) {
            y[i] = ((y[i] - high[i]) - low[i]) * scale[i] + shift[i];
        }
    }
}
