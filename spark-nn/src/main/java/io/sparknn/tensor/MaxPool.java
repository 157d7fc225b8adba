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
        Spans spans = box.along;
        if (box.lines == 2 && spans.whole() == 2) {
            spread(box, 0, spans.firstWhole, x, y, gy, at, gx);
            squares(box, x, y, gy, at, gx);
            spread(box, spans.endWhole, spans.places(), x, y, gy, at, gx);
        } else {
            spread(box, 0, spans.places(), x, y, gy, at, gx);
        }
    }

    /** The usual window is written out. */
    private static void squares(Box box, float[] x, float[] y, float[] gy, int at, float[] gx) {
        Spans spans = box.along;
        int step = spans.step;
        for (int place = spans.firstWhole; place < spans.endWhole; place++) {
            float value = y[at + place];
            int a = box.starts[0] + spans.from[place];
            int b = box.starts[1] + spans.from[place];
            int found = select(value - x[b + step], b + step, -1);
            found = select(value - x[b], b, found);
            found = select(value - x[a + step], a + step, found);
            found = select(value - x[a], a, found);
            found = Float.isFinite(value) ? found : findSpecial(box, place, x, value);
            gx[found] += gy[at + place];
        }
    }

    /** The place if the difference from the largest is 0, of bits 0: no branch, which no processor could foresee. */
    private static int select(float difference, int place, int otherwise) {
        int equal = (Float.floatToRawIntBits(difference) - 1) >> 31;
        return (place & equal) | (otherwise & ~equal);
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
                found = select(value - x[i], i, found);
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
