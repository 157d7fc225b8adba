package io.sparknn.tensor;

/** The place of the largest value along one axis: the first if there are several, the first NaN if there is one. */
final class Argmax extends Operation {
    private final int axis;
    private Lanes lanes;

    Argmax(int axis) {
        this.axis = axis;
    }

    static Tensor of(Tensor x, int axis) {
        return new Argmax(x.axisOfValues("argmax", axis)).apply(x);
    }

    @Override
    void describe(Note note) {
        note.integer("axis", axis);
    }

    @Override
    String name() {
        return "argmax";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape shape = in[0].localShape();
        int at = shape.axis(axis);
        lanes = new Lanes(shape, at);
        if (lanes.size == 0) {
            throw new IllegalArgumentException("argmax of " + shapes(in) + " over no elements has no value");
        }
        return shape.without(at);
    }

    @Override
    Tensor[] values(Lengths lengths, Tensor... in) {
        return flat(in);
    }

    @Override
    int rowAxis(Tensor... in) {
        int at = in[0].localShape().axis(axis);
        int rows = in[0].rowAxis();
        if (at == rows) {
            throw mixesRows(in);
        }
        return at < rows ? rows - 1 : rows;
    }

    @Override
    boolean isDifferentiable() {
        return false;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        float[] x = in[0].values();
        for (int lane = 0; lane < y.length; lane++) {
            int start = lanes.start(lane);
            int best = 0;
            float max = x[start];
            for (int s = 1; s < lanes.size && !Float.isNaN(max); s++) {
                float value = x[start + s * lanes.inner];
                if (!(value <= max)) {
                    max = value;
                    best = s;
                }
            }
            y[lane] = best;
        }
    }
}
