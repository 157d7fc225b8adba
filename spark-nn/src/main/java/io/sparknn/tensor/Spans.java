package io.sparknn.tensor;

import java.util.Arrays;

/** Along one axis, the elements that each place of a pooling window sees. */
final class Spans {
    final int[] from;
    /** The element behind the last one. */
    final int[] to;
    /** What a mean divides by. */
    final int[] count;

    final int step;
    /** How far the window moves, if it does so evenly; else 0. */
    final int stride;
    /** The first place, and the one behind the last, of those that see a whole window; none where it moves unevenly. */
    int firstWhole;

    int endWhole;
    /** Elements of a whole window, or the most there can be. */
    private final int whole;

    private Spans(int places, int step, int stride, int whole) {
        this.whole = whole;
        this.step = step;
        this.stride = stride;
        from = new int[places];
        to = new int[places];
        count = new int[places];
    }

    int places() {
        return from.length;
    }

    int whole() {
        return whole;
    }

    /** Finds the places that see a whole window; they lie together. */
    private Spans sorted() {
        while (firstWhole < places() && size(firstWhole) < whole) {
            firstWhole++;
        }
        endWhole = firstWhole;
        while (stride > 0 && endWhole < places() && size(endWhole) == whole) {
            endWhole++;
        }
        return this;
    }

    /** Whether each place sees so many elements side by side, behind those of the place before. */
    boolean areParts(int size) {
        return stride == size
                && step == 1
                && whole == size
                && places() > 0
                && from[0] == 0
                && firstWhole == 0
                && endWhole == places();
    }

    int size(int place) {
        return Math.max(0, to[place] - from[place] + step - 1) / step;
    }

    /** Those of a window that slides over an axis; padding counts in a mean or not. */
    static Spans sliding(Window window, int axis, int size, int places, boolean countPadding) {
        int step = window.dilationAt(axis);
        Spans spans = new Spans(places, step, window.strideAt(axis), window.kernelAt(axis));
        for (int i = 0; i < places; i++) {
            int start = i * window.strideAt(axis) - window.beforeAt(axis);
            int end = start + window.reach(axis);
            int hidden = start < 0 ? (-start + step - 1) / step : 0;
            spans.from[i] = start + hidden * step;
            spans.to[i] = Math.min(end, size);
            int padded = Math.min(end, size + window.afterAt(axis)) - start;
            spans.count[i] = countPadding ? padded : spans.to[i] - spans.from[i];
        }
        return spans.sorted();
    }

    /** An axis in so many parts, as equal as can be; they overlap by one where it does not divide. */
    static Spans parts(int size, int parts) {
        boolean even = size % parts == 0;
        Spans spans = new Spans(parts, 1, even ? size / parts : 0, even ? size / parts : size / parts + 2);
        for (int i = 0; i < parts; i++) {
            spans.from[i] = (int) ((long) i * size / parts);
            spans.to[i] = (int) (((long) (i + 1) * size + parts - 1) / parts);
            spans.count[i] = spans.to[i] - spans.from[i];
        }
        return spans.sorted();
    }

    @Override
    public String toString() {
        return Arrays.toString(from) + Arrays.toString(to);
    }
}
