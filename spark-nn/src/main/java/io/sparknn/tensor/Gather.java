package io.sparknn.tensor;

/**
 * {@code y[i][j] = x[index[i][j]][j]} for axis 0 of two, and likewise for others; the gradient adds up where an element
 * was taken several times. The rows must lie on another axis, of both tensors.
 */
final class Gather extends Operation {
    private final int axis;
    private int[] places;

    private Gather(int axis) {
        this.axis = axis;
    }

    static Tensor of(Tensor x, int axis, Tensor index) {
        return new Gather(x.localShape().axis(axis)).apply(x, index);
    }

    @Override
    void describe(Note note) {
        note.integer("axis", axis);
    }

    @Override
    String name() {
        return "gather";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape x = in[0].localShape();
        Shape index = in[1].localShape();
        boolean fits = x.rank() == index.rank();
        for (int i = 0; fits && i < x.rank(); i++) {
            fits = i == axis || index.dim(i) <= x.dim(i);
        }
        if (!fits) {
            throw new IllegalArgumentException("gather of " + shapes(in) + " along axis " + axis
                    + " expects an index of the same rank, and no larger on the other axes");
        }
        return index;
    }

    @Override
    int rowAxis(Tensor... in) {
        if (in[0].rowAxis() != in[1].rowAxis() || in[0].rowAxis() == axis) {
            throw mixesRows(in);
        }
        return in[0].rowAxis();
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        float[] x = in[0].values();
        places = places(in);
        for (int i = 0; i < y.length; i++) {
            y[i] = x[places[i]];
        }
    }

    /** Where each element of the result comes from. */
    private int[] places(Tensor... in) {
        int[] from = Indices.of(
                name() + " of " + shapes(in), in[1], in[0].localShape().dim(axis));
        int[] dims = in[1].localShape().local();
        int[] source = in[0].localShape().local();
        int[] index = new int[dims.length];
        for (int i = 0; i < from.length; i++) {
            int place = 0;
            for (int a = 0; a < dims.length; a++) {
                place = place * source[a] + (a == axis ? from[i] : index[a]);
            }
            from[i] = place;
            for (int a = dims.length - 1; a >= 0 && ++index[a] == dims[a]; a--) {
                index[a] = 0;
            }
        }
        return from;
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        for (int i = 0; gradients[0] != null && i < gy.length; i++) {
            gradients[0][places[i]] += gy[i];
        }
    }
}
