package io.sparknn.tensor;

import java.util.Arrays;

/** The axes in another order; the rows move with their axis. */
final class Permute extends Operation {
    private final int[] axes;
    private Shape shape;

    Permute(int... axes) {
        this.axes = axes.clone();
    }

    static Tensor swap(Tensor x, int first, int second) {
        int[] axes = order(x);
        int a = x.localShape().axis(first);
        int b = x.localShape().axis(second);
        axes[a] = b;
        axes[b] = a;
        return new Permute(axes).apply(x);
    }

    /** The given axes behind all others. */
    static Tensor toEnd(Tensor x, int... last) {
        int rank = x.localShape().rank();
        int[] axes = new int[rank];
        int to = 0;
        for (int axis = 0; axis < rank; axis++) {
            if (Arrays.binarySearch(last, axis) < 0) {
                axes[to++] = axis;
            }
        }
        System.arraycopy(last, 0, axes, to, last.length);
        return new Permute(axes).apply(x);
    }

    private static int[] order(Tensor x) {
        int[] axes = new int[x.localShape().rank()];
        Arrays.setAll(axes, i -> i);
        return axes;
    }

    @Override
    String name() {
        return "permute";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape old = in[0].localShape();
        int[] order = Arrays.stream(axes).map(old::axis).toArray();
        if (Arrays.stream(order).distinct().count() != old.rank() || order.length != old.rank()) {
            throw new IllegalArgumentException("permute of " + shapes(in) + " expects each axis once, got "
                    + Arrays.toString(axes));
        }
        System.arraycopy(order, 0, axes, 0, order.length);
        shape = Shape.of(Arrays.stream(order).map(old::dim).toArray());
        return shape;
    }

    @Override
    int rowAxis(Tensor... in) {
        for (int axis = 0; axis < axes.length; axis++) {
            if (axes[axis] == in[0].rowAxis()) {
                return axis;
            }
        }
        throw mixesRows(in);
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        float[] x = in[0].values();
        walk(in[0], (from, to) -> y[to] = x[from]);
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] gx = gradients[0];
        walk(in[0], (from, to) -> gx[from] += gy[to]);
    }

    private interface Move {
        void accept(int from, int to);
    }

    /** Visits every element as (place in x, place in the result), in the order of the result. */
    private void walk(Tensor x, Move move) {
        int[] dims = shape.local();
        int[] strides = new int[dims.length];
        int[] old = x.localShape().local();
        for (int axis = 0; axis < dims.length; axis++) {
            strides[axis] = 1;
            for (int later = axes[axis] + 1; later < old.length; later++) {
                strides[axis] *= old[later];
            }
        }
        int[] index = new int[dims.length];
        int from = 0;
        for (int to = 0, n = shape.size(); to < n; to++) {
            move.accept(from, to);
            int axis = dims.length - 1;
            while (axis >= 0) {
                from += strides[axis];
                if (++index[axis] < dims[axis]) {
                    break;
                }
                from -= dims[axis] * strides[axis];
                index[axis--] = 0;
            }
        }
    }
}
