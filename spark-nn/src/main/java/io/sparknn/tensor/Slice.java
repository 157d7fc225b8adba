package io.sparknn.tensor;

/** The elements from one place to another along an axis; the gradient goes back to where they were. */
final class Slice extends Operation {
    private final String name;
    private final int axis;
    private final int from;
    private final int length;
    private Lanes lanes;

    private Slice(String name, int axis, int from, int length) {
        this.name = name;
        this.axis = axis;
        this.from = from;
        this.length = length;
    }

    static Tensor slice(Tensor x, int axis, int from, int to) {
        return new Slice("slice", x.axisOfValues("slice", axis), from, to - from).apply(x);
    }

    static Tensor narrow(Tensor x, int axis, int start, int length) {
        return new Slice("narrow", x.axisOfValues("narrow", axis), start, length).apply(x);
    }

    /** As it was recorded. */
    static Tensor again(String name, Attributes a, Tensor x) {
        return new Slice(name, a.integer("axis"), a.integer("from"), a.integer("length")).apply(x);
    }

    @Override
    void describe(Note note) {
        note.integer("axis", axis).integer("from", from).integer("length", length);
    }

    @Override
    String name() {
        return name;
    }

    @Override
    Shape shape(Tensor... in) {
        lanes = new Lanes(in[0].localShape(), axis);
        if (from < 0 || length < 0 || length > lanes.size - from) {
            throw new IllegalArgumentException(name + " of " + shapes(in) + " expects places from 0 to " + lanes.size
                    + " on axis " + axis + ", got " + from + " to " + ((long) from + length));
        }
        return in[0].localShape().with(axis, length);
    }

    @Override
    Tensor[] values(Lengths lengths, Tensor... in) {
        return flat(in);
    }

    @Override
    int rowAxis(Tensor... in) {
        if (axis == in[0].rowAxis()) {
            throw mixesRows(in);
        }
        return in[0].rowAxis();
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        int run = length * lanes.inner;
        for (int o = 0; o < lanes.outer; o++) {
            System.arraycopy(in[0].values(), (o * lanes.size + from) * lanes.inner, y, o * run, run);
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        int run = length * lanes.inner;
        for (int o = 0; o < lanes.outer; o++) {
            int to = (o * lanes.size + from) * lanes.inner;
            for (int i = 0; i < run; i++) {
                gradients[0][to + i] += gy[o * run + i];
            }
        }
    }
}
