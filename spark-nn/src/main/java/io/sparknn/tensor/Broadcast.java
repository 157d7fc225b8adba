package io.sparknn.tensor;

import java.util.Arrays;

/**
 * NumPy's broadcasting: shapes are aligned at their last axis, and an axis of size 1 or a missing one is repeated.
 *
 * <p>Operands are repeated into whole arrays before the operation runs on them: two plain arrays that start at 0 let the
 * compiler use vector instructions, two with offsets of their own do not, and that costs four times more than the copy.
 */
final class Broadcast {
    private Broadcast() {}

    /** The shape that all of these broadcast to. */
    static Shape shape(String name, Tensor... in) {
        int rank = rank(in);
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        for (Tensor tensor : in) {
            int[] own = tensor.localShape().local();
            for (int axis = 0; axis < own.length; axis++) {
                int at = rank - own.length + axis;
                if (own[axis] == dims[at] || own[axis] == 1) {
                    continue;
                }
                if (dims[at] != 1) {
                    throw new IllegalArgumentException(name + " of " + Operation.shapes(in) + ": sizes " + dims[at]
                            + " and " + own[axis] + " on axis " + (at - rank) + " differ and neither is 1");
                }
                dims[at] = own[axis];
            }
        }
        return Shape.of(dims);
    }

    private static int rank(Tensor... in) {
        return Arrays.stream(in).mapToInt(t -> t.localShape().rank()).max().orElse(0);
    }

    /** Where the rows are in the broadcast result; operands without rows may not vary along that axis. */
    static int rowAxis(Operation operation, Tensor... in) {
        int fromEnd = -1;
        for (Tensor tensor : in) {
            if (tensor.rowAxis() >= 0) {
                int own = tensor.localShape().rank() - tensor.rowAxis();
                if (fromEnd >= 0 && own != fromEnd) {
                    throw operation.mixesRows(in);
                }
                fromEnd = own;
            }
        }
        for (Tensor tensor : in) {
            int[] own = tensor.localShape().local();
            if (tensor.rowAxis() < 0 && own.length >= fromEnd && own[own.length - fromEnd] != 1) {
                throw operation.mixesRows(in);
            }
        }
        return rank(in) - fromEnd;
    }

    /** The values of x repeated to the target shape, or x's own array if it has that shape already. */
    static float[] expand(Tensor x, Shape target) {
        float[] values = x.values();
        if (x.localShape().equals(target)) {
            return values;
        }
        float[] out = Pass.current().allocate(target.size());
        repeat(values, x.localShape(), target, out);
        return out;
    }

    /** Writes the values of one shape, repeated to the target shape. */
    static void repeat(float[] values, Shape shape, Shape target, float[] out) {
        walk(shape, target, (from, step, to, length) -> {
            if (step == 0) {
                Arrays.fill(out, to, to + length, values[from]);
            } else {
                System.arraycopy(values, from, out, to, length);
            }
        });
    }

    /** Adds a gradient of the broadcast shape to the gradient of an operand: sums over what was repeated, in double. */
    static void reduce(float[] gradient, Shape from, float[] into, Shape to) {
        if (from.equals(to)) {
            for (int i = 0; i < into.length; i++) {
                into[i] += gradient[i];
            }
            return;
        }
        double[] sums = new double[to.size()];
        walk(to, from, (at, step, source, length) -> {
            if (step == 0) {
                double sum = sums[at];
                for (int i = 0; i < length; i++) {
                    sum += gradient[source + i];
                }
                sums[at] = sum;
            } else {
                for (int i = 0; i < length; i++) {
                    sums[at + i] += gradient[source + i];
                }
            }
        });
        for (int i = 0; i < sums.length; i++) {
            into[i] += (float) sums[i];
        }
    }

    /** A run of elements along the last axes: from, from + step, ... of the small array; to, to + 1, ... of the large. */
    private interface Run {
        void accept(int from, int step, int to, int length);
    }

    /** Visits the large shape in order as runs over which the small one is either contiguous or constant. */
    private static void walk(Shape small, Shape large, Run run) {
        int[] dims = large.local();
        if (large.size() == 0) {
            return;
        }
        int[] strides = strides(small, dims.length);
        int inner = dims.length;
        int length = 1;
        int step = 0;
        while (inner > 0 && (length == 1 || (dims[inner - 1] == 1 || strides[inner - 1] == step * length))) {
            inner--;
            if (length == 1 && dims[inner] > 1) {
                step = strides[inner];
            }
            length *= dims[inner];
        }
        int[] index = new int[inner];
        for (int to = 0, total = large.size(); to < total; to += length) {
            int from = 0;
            for (int axis = 0; axis < inner; axis++) {
                from += index[axis] * strides[axis];
            }
            run.accept(from, step, to, length);
            for (int axis = inner - 1; axis >= 0 && ++index[axis] == dims[axis]; axis--) {
                index[axis] = 0;
            }
        }
    }

    /** Strides of the small shape, aligned to the last of `rank` axes; 0 along repeated axes. */
    private static int[] strides(Shape small, int rank) {
        int[] own = small.local();
        int[] strides = new int[rank];
        int stride = 1;
        for (int axis = own.length - 1; axis >= 0; axis--) {
            strides[rank - own.length + axis] = own[axis] == 1 ? 0 : stride;
            stride *= own[axis];
        }
        return strides;
    }
}
