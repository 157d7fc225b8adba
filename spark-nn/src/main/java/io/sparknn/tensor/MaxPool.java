package io.sparknn.tensor;

/** The largest element of each window; its gradient goes to the first one that attains it, as in PyTorch. */
final class MaxPool extends Pool {
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
    void merge(int n, float[] x, int from, float[] line) {
        for (int i = 0; i < n; i++) {
            line[i] = Math.max(line[i], x[from + i]);
        }
    }

    @Override
    void reduce(float[] line, Spans spans, int others, float[] y, int to) {
        for (int place = 0; place < spans.places(); place++) {
            float largest = nothing();
            for (int i = spans.from[place]; i < spans.to[place]; i += spans.step) {
                largest = Math.max(largest, line[i]);
            }
            y[to + place] = largest;
        }
    }

    @Override
    void spread(Box box, float[] x, float[] y, float[] gy, int at, float[] gx) {
        Spans spans = box.along();
        for (int place = 0; place < spans.places(); place++) {
            int largest = find(box, place, x, y[at + place]);
            if (largest >= 0) {
                gx[largest] += gy[at + place];
            }
        }
    }

    /** The first element of that value; of NaN the last, as in PyTorch. */
    private static int find(Box box, int place, float[] x, float value) {
        Spans spans = box.along();
        int found = -1;
        for (int line = 0; line < box.lines(); line++) {
            int from = box.line(line);
            for (int i = spans.from[place]; i < spans.to[place]; i += spans.step) {
                if (x[from + i] == value) {
                    return from + i;
                }
                found = Float.isNaN(x[from + i]) ? from + i : found;
            }
        }
        return found;
    }
}
