package io.sparknn.tensor;

/** The largest element of each window; its gradient goes to the first one that attains it, as in PyTorch. */
final class MaxPool extends Pool {
    private final Lines lines = Lines.get();
    private final String name;

    private MaxPool(String name, Window window) {
        super(window, false);
        this.name = name;
    }

    private MaxPool(int... outputSize) {
        super(outputSize);
        this.name = "adaptiveMaxPool";
    }

    static Tensor sliding(Tensor x, Window window) {
        return new MaxPool("maxPool", window).apply(x);
    }

    static Tensor adaptive(Tensor x, int... outputSize) {
        return new MaxPool(outputSize).apply(x);
    }

    @Override
    String name() {
        return name;
    }

    @Override
    float nothing() {
        return Float.NEGATIVE_INFINITY;
    }

    @Override
    boolean squares(int planes, int height, int width, float[] x, float[] y) {
        Squares.get().largest(planes, height, width, x, y);
        return true;
    }

    @Override
    boolean spreadSquares(int planes, int height, int width, float[] x, float[] y, float[] gy, float[] gx) {
        Squares.get().spread(planes, height, width, x, y, gy, gx);
        return true;
    }

    @Override
    void line(Box box, float[] x, float[] line, float[] y, int at) {
        Spans spans = box.along;
        System.arraycopy(x, box.starts[0], line, 0, box.width);
        for (int i = 1; i < box.lines; i++) {
            lines.max(box.width, x, box.starts[i], line, 0);
        }
        some(spans, 0, spans.firstWhole, line, y, at);
        whole(spans, line, y, at);
        some(spans, spans.endWhole, spans.places(), line, y, at);
    }

    private void some(Spans spans, int first, int end, float[] line, float[] y, int at) {
        for (int place = first; place < end; place++) {
            float largest = nothing();
            for (int i = spans.from[place]; i < spans.to[place]; i += spans.step) {
                largest = Math.max(largest, line[i]);
            }
            y[at + place] = largest;
        }
    }

    /** The usual windows are written out. */
    private void whole(Spans spans, float[] line, float[] y, int at) {
        int first = spans.firstWhole;
        int end = spans.endWhole;
        int step = spans.step;
        if (first == end || spans.whole() < 2 || spans.whole() > 3) {
            some(spans, first, end, line, y, at);
        } else if (spans.whole() == 2) {
            for (int place = first, i = spans.from[first]; place < end; place++, i += spans.stride) {
                y[at + place] = Math.max(line[i], line[i + step]);
            }
        } else {
            for (int place = first, i = spans.from[first]; place < end; place++, i += spans.stride) {
                y[at + place] = Math.max(Math.max(line[i], line[i + step]), line[i + 2 * step]);
            }
        }
    }

    @Override
    void spread(Box box, float[] x, float[] line, float[] y, float[] gy, int at, float[] gx) {
        spread(box, 0, box.along.places(), x, y, gy, at, gx);
    }

    private static void spread(Box box, int first, int end, float[] x, float[] y, float[] gy, int at, float[] gx) {
        for (int place = first; place < end; place++) {
            float value = y[at + place];
            int largest = Float.isFinite(value) ? find(box, place, x, value) : findSpecial(box, place, x, value);
            if (largest >= 0) {
                gx[largest] += gy[at + place];
            }
        }
    }

    /** The first element of that value. */
    private static int find(Box box, int place, float[] x, float value) {
        Spans spans = box.along;
        int first = spans.from[place];
        int last = first + (spans.size(place) - 1) * spans.step;
        int found = -1;
        for (int line = box.lines - 1; line >= 0; line--) {
            for (int i = box.starts[line] + last; i >= box.starts[line] + first; i -= spans.step) {
                found = PlainSquares.select(value - x[i], i, found);
            }
        }
        return found;
    }

    /** The same for an infinite value; of NaN the last, as in PyTorch. */
    private static int findSpecial(Box box, int place, float[] x, float value) {
        Spans spans = box.along;
        int found = -1;
        for (int line = 0; line < box.lines; line++) {
            int start = box.starts[line];
            for (int i = start + spans.from[place]; i < start + spans.to[place]; i += spans.step) {
                if (x[i] == value) {
                    return i;
                }
                found = Float.isNaN(x[i]) ? i : found;
            }
        }
        return found;
    }
}
