package io.sparknn.tensor;

import java.util.Arrays;

/** The mean of each window. */
final class AvgPool extends Pool {
    private final Lines lines = Lines.get();
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
    void line(Box box, float[] x, float[] line, float[] y, int at) {
        Spans spans = box.along;
        System.arraycopy(x, box.starts[0], line, 0, box.width);
        for (int i = 1; i < box.lines; i++) {
            lines.add(box.width, x, box.starts[i], line, 0);
        }
        some(box, 0, spans.firstWhole, line, y, at);
        whole(box, line, y, at);
        some(box, spans.endWhole, spans.places(), line, y, at);
    }

    private static void some(Box box, int first, int end, float[] line, float[] y, int at) {
        Spans spans = box.along;
        for (int place = first; place < end; place++) {
            float sum = 0;
            for (int i = spans.from[place]; i < spans.to[place]; i++) {
                sum += line[i];
            }
            y[at + place] = sum / (box.count * spans.count[place]);
        }
    }

    /** The usual windows are written out. */
    private static void whole(Box box, float[] line, float[] y, int at) {
        Spans spans = box.along;
        int first = spans.firstWhole;
        int end = spans.endWhole;
        if (first == end || spans.whole() < 2 || spans.whole() > 3) {
            some(box, first, end, line, y, at);
            return;
        }
        float count = box.count * spans.whole();
        if (spans.whole() == 2) {
            for (int place = first, i = spans.from[first]; place < end; place++, i += spans.stride) {
                y[at + place] = (line[i] + line[i + 1]) / count;
            }
        } else {
            for (int place = first, i = spans.from[first]; place < end; place++, i += spans.stride) {
                y[at + place] = (line[i] + line[i + 1] + line[i + 2]) / count;
            }
        }
    }

    @Override
    void spread(Box box, float[] x, float[] line, float[] y, float[] gy, int at, float[] gx) {
        Spans spans = box.along;
        Arrays.fill(line, 0, box.width, 0f);
        for (int place = 0; place < spans.places(); place++) {
            float share = gy[at + place] / (box.count * spans.count[place]);
            for (int i = spans.from[place]; i < spans.to[place]; i++) {
                line[i] += share;
            }
        }
        for (int i = 0; i < box.lines; i++) {
            lines.add(box.width, line, 0, gx, box.starts[i]);
        }
    }
}
