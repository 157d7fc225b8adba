package io.sparknn.tensor;

/**
 * The slices of x along an axis that the index names, in the shape of the index; the gradient adds up where a slice was
 * taken several times.
 *
 * <p>The index may carry rows: looking up a table, the same for all rows, is an operation within a row. Or x may, on
 * another axis.
 */
final class IndexSelect extends Operation {
    private final int axis;
    private Lanes lanes;
    private int[] places;

    private IndexSelect(int axis) {
        this.axis = axis;
    }

    static Tensor of(Tensor x, int axis, Tensor index) {
        return new IndexSelect(x.localShape().axis(axis)).apply(x, index);
    }

    @Override
    void describe(Note note) {
        note.integer("axis", axis);
    }

    @Override
    String name() {
        return "indexSelect";
    }

    @Override
    Shape shape(Tensor... in) {
        int[] x = in[0].localShape().local();
        int[] index = in[1].localShape().local();
        lanes = new Lanes(in[0].localShape(), axis);
        int[] dims = new int[x.length - 1 + index.length];
        System.arraycopy(x, 0, dims, 0, axis);
        System.arraycopy(index, 0, dims, axis, index.length);
        System.arraycopy(x, axis + 1, dims, axis + index.length, x.length - axis - 1);
        return Shape.of(dims);
    }

    /** Rows of places of different length, looked up in a table. */
    @Override
    Tensor[] values(Lengths lengths, Tensor... in) {
        if (in[0].lengths() != null || axis != 0) {
            throw refusesLengths(in);
        }
        return new Tensor[] {in[0], in[1].flat()};
    }

    @Override
    int rowAxis(Tensor... in) {
        int rows = in[0].rowAxis();
        if (rows == axis || (rows >= 0 && in[1].rowAxis() >= 0)) {
            throw mixesRows(in);
        }
        if (rows < 0) {
            return axis + in[1].rowAxis();
        }
        return rows < axis ? rows : rows - 1 + in[1].localShape().rank();
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        float[] x = in[0].values();
        places = Indices.of(name() + " of " + shapes(in), in[1], lanes.size);
        int to = 0;
        for (int o = 0; o < lanes.outer; o++) {
            for (int place : places) {
                System.arraycopy(x, (o * lanes.size + place) * lanes.inner, y, to, lanes.inner);
                to += lanes.inner;
            }
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] gx = gradients[0];
        int from = 0;
        for (int o = 0; gx != null && o < lanes.outer; o++) {
            for (int place : places) {
                int to = (o * lanes.size + place) * lanes.inner;
                for (int i = 0; i < lanes.inner; i++) {
                    gx[to + i] += gy[from++];
                }
            }
        }
    }
}
