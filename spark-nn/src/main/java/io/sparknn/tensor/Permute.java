package io.sparknn.tensor;

import java.util.Arrays;

/** The axes in another order; the rows move with their axis. */
final class Permute extends Operation {
    private static final int TILE = 32;

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
        return of(x, axes);
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

    /** The given axes behind the first one, before all others. */
    static Tensor toStart(Tensor x, int... next) {
        int rank = x.localShape().rank();
        int[] axes = new int[rank];
        System.arraycopy(next, 0, axes, 1, next.length);
        int to = next.length + 1;
        for (int axis = 1; axis < rank; axis++) {
            if (Arrays.binarySearch(next, axis) < 0) {
                axes[to++] = axis;
            }
        }
        return new Permute(axes).apply(x);
    }

    static Tensor of(Tensor x, int... axes) {
        if (x.lengths() == null) {
            return new Permute(axes).apply(x);
        }
        int[] within = new int[Math.max(0, axes.length - 1)];
        for (int i = 0; i < axes.length; i++) {
            int axis = x.localShape().axis(axes[i]);
            if (i < 2 ? axis != i : axis < 2) {
                throw new Permute(axes).refusesLengths(x);
            }
            within[Math.max(0, i - 1)] = i < 2 ? 0 : axis - 1;
        }
        return new Permute(within).apply(x);
    }

    private static int[] order(Tensor x) {
        int[] axes = new int[x.localShape().rank()];
        Arrays.setAll(axes, i -> i);
        return axes;
    }

    @Override
    void describe(Note note) {
        note.integers("axes", axes);
    }

    @Override
    String name() {
        return "permute";
    }

    @Override
    Tensor[] values(Lengths lengths, Tensor... in) {
        return flat(in);
    }

    @Override
    Shape shape(Tensor... in) {
        System.arraycopy(checkedOrder(in), 0, axes, 0, axes.length);
        shape = Shape.of(Arrays.stream(axes).map(in[0].localShape()::dim).toArray());
        return shape;
    }

    private int[] checkedOrder(Tensor... in) {
        Shape old = in[0].localShape();
        int[] order = Arrays.stream(axes).map(old::axis).toArray();
        if (Arrays.stream(order).distinct().count() != old.rank() || order.length != old.rank()) {
            throw new IllegalArgumentException(
                    "permute of " + shapes(in) + " expects each axis once, got " + Arrays.toString(axes));
        }
        return order;
    }

    @Override
    int rowAxis(Tensor... in) {
        int[] order = checkedOrder(in);
        int axis = 0;
        while (order[axis] != in[0].rowAxis()) {
            axis++;
        }
        return axis;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        move(in[0].values(), in[0].localShape().local(), axes, y);
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        int[] back = new int[axes.length];
        for (int axis = 0; axis < axes.length; axis++) {
            back[axes[axis]] = axis;
        }
        float[] gx = gradients[0];
        float[] moved = Pass.current().allocate(gx.length);
        move(gy, shape.local(), back, moved);
        for (int i = 0; i < gx.length; i++) {
            gx[i] += moved[i];
        }
    }

    /** Writes x of the given sizes to y with its axes in another order, as runs or transposed tiles. */
    private static void move(float[] x, int[] old, int[] order, float[] y) {
        int rank = order.length;
        int[] dims = new int[rank];
        int[] strides = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            dims[axis] = old[order[axis]];
            strides[axis] =
                    Shape.of(Arrays.copyOfRange(old, order[axis] + 1, rank)).size();
        }
        if (y.length == 0) {
            return;
        }
        int inner = Math.min(rank, 2);
        int height = rank < 2 ? 1 : dims[rank - 2];
        int width = rank < 1 ? 1 : dims[rank - 1];
        int down = rank < 2 ? 0 : strides[rank - 2];
        int right = rank < 1 ? 1 : strides[rank - 1];
        int[] index = new int[rank - inner];
        for (int to = 0; to < y.length; to += height * width) {
            int from = 0;
            for (int axis = 0; axis < index.length; axis++) {
                from += index[axis] * strides[axis];
            }
            matrix(x, from, down, right, y, to, height, width);
            for (int axis = index.length - 1; axis >= 0 && ++index[axis] == dims[axis]; axis--) {
                index[axis] = 0;
            }
        }
    }

    /** One matrix of the result; in tiles that fit the first cache, because one of both sides is read with large steps. */
    private static void matrix(float[] x, int from, int down, int right, float[] y, int to, int height, int width) {
        if (right == 1) {
            for (int i = 0; i < height; i++) {
                System.arraycopy(x, from + i * down, y, to + i * width, width);
            }
            return;
        }
        for (int top = 0; top < height; top += TILE) {
            int bottom = Math.min(height, top + TILE);
            for (int left = 0; left < width; left += TILE) {
                int end = Math.min(width, left + TILE);
                for (int i = top; i < bottom; i++) {
                    for (int j = left; j < end; j++) {
                        y[to + i * width + j] = x[from + i * down + j * right];
                    }
                }
            }
        }
    }
}
