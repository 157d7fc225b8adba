package io.sparknn.tensor;

import java.util.Arrays;

/** Axes of size 1, and new ones in front, repeated; the gradient sums over what was repeated. */
final class Expand extends Operation {
    private final int[] wanted;
    private Shape shape;

    Expand(int... wanted) {
        this.wanted = wanted.clone();
    }

    @Override
    void describe(Note note) {
        note.sizes("shape", shape.local());
    }

    @Override
    String name() {
        return "expand";
    }

    @Override
    Shape shape(Tensor... in) {
        int[] own = in[0].localShape().local();
        int[] dims = wanted.clone();
        int added = dims.length - own.length;
        for (int axis = added; axis >= 0 && axis < dims.length; axis++) {
            dims[axis] = size(in[0], axis - added, dims[axis]);
        }
        if (added < 0 || Arrays.stream(dims).anyMatch(dim -> dim < 0)) {
            throw misfit(in[0]);
        }
        shape = Shape.of(dims);
        return shape;
    }

    /** The size of an axis that was there before. The caller, who sees the shape of all rows, may write their number. */
    private int size(Tensor x, int axis, int size) {
        int old = x.localShape().dim(axis);
        if (size == Shape.UNKNOWN) {
            return old;
        }
        if (axis == x.rowAxis()) {
            if (size != x.size(axis)) {
                throw mixesRows(x);
            }
            return old;
        }
        if (old != size && old != 1) {
            throw misfit(x);
        }
        return size;
    }

    private IllegalArgumentException misfit(Tensor x) {
        return new IllegalArgumentException("expand of " + shapes(x) + " to " + Arrays.toString(wanted)
                + ": only axes of size 1 can be repeated, and new ones come in front");
    }

    @Override
    int rowAxis(Tensor... in) {
        return in[0].rowAxis() + wanted.length - in[0].localShape().rank();
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        Broadcast.repeat(in[0].values(), in[0].localShape(), shape, y);
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        Broadcast.reduce(gy, shape, gradients[0], in[0].localShape());
    }
}
