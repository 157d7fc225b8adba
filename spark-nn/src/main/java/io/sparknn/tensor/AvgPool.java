package io.sparknn.tensor;

import java.util.Arrays;

/** The mean of each window. */
final class AvgPool extends Pool {
    private final String name;

    private AvgPool(String name, Window window, boolean countPadding) {
        super(window, countPadding);
        this.name = name;
    }

    private AvgPool(int... outputSize) {
        super(outputSize);
        this.name = "adaptiveAvgPool";
    }

    static Tensor sliding(Tensor x, Window window, boolean countPadding) {
        for (int axis = 0; axis < window.rank(); axis++) {
            if (window.dilationAt(axis) != 1) {
                throw new IllegalArgumentException(
                        "avgPool expects a window without dilation, got " + window.dilationAt(axis) + "; leave it out");
            }
        }
        return new AvgPool("avgPool", window, countPadding).apply(x);
    }

    static Tensor adaptive(Tensor x, int... outputSize) {
        return new AvgPool(outputSize).apply(x);
    }

    @Override
    String name() {
        return name;
    }

    @Override
    float nothing() {
        return 0;
    }

    @Override
    void merge(int n, float[] x, int from, float[] line) {
        for (int i = 0; i < n; i++) {
            line[i] += x[from + i];
        }
    }

    @Override
    void reduce(float[] line, Spans spans, int others, float[] y, int to) {
        for (int place = 0; place < spans.places(); place++) {
            float sum = 0;
            for (int i = spans.from[place]; i < spans.to[place]; i++) {
                sum += line[i];
            }
            y[to + place] = sum / (others * spans.count[place]);
        }
    }

    @Override
    void spread(Box box, float[] x, float[] y, float[] gy, int at, float[] gx) {
        Spans spans = box.along();
        float[] line = new float[box.width()];
        Arrays.fill(line, 0f);
        for (int place = 0; place < spans.places(); place++) {
            float share = gy[at + place] / (box.count() * spans.count[place]);
            for (int i = spans.from[place]; i < spans.to[place]; i++) {
                line[i] += share;
            }
        }
        for (int i = 0; i < box.lines(); i++) {
            TableGemm.get().add(line.length, line, 0, gx, box.line(i));
        }
    }
}
