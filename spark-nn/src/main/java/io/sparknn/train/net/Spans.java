package io.sparknn.train.net;

/** Arrays laid end to end: which elements of which array lie in a range of the whole. */
final class Spans {
    private final int[] starts;

    private Spans(int[] starts) {
        this.starts = starts;
    }

    static Spans of(float[][] arrays) {
        int[] starts = new int[arrays.length + 1];
        for (int k = 0; k < arrays.length; k++) {
            starts[k + 1] = Math.addExact(starts[k], arrays[k].length);
        }
        return new Spans(starts);
    }

    int length() {
        return starts[starts.length - 1];
    }

    boolean fits(float[][] arrays) {
        if (arrays.length != starts.length - 1) {
            return false;
        }
        for (int k = 0; k < arrays.length; k++) {
            if (arrays[k].length != starts[k + 1] - starts[k]) {
                return false;
            }
        }
        return true;
    }

    /** What is done with elements of one array. */
    interface Action {
        void on(int array, int from, int to);
    }

    /** Does it with all elements of a range of the whole, in order. */
    void each(int from, int to, Action action) {
        for (int k = first(from); k < starts.length - 1 && starts[k] < to; k++) {
            int low = Math.max(from, starts[k]);
            int high = Math.min(to, starts[k + 1]);
            if (low < high) {
                action.on(k, low - starts[k], high - starts[k]);
            }
        }
    }

    private int first(int from) {
        int low = 0;
        int high = starts.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= from) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
