package io.sparknn.tensor;

import java.util.Arrays;

/** The same elements in another shape; the row axis must stay whole and in front of what changes. */
final class Reshape extends Operation {
    private final int[] wanted;
    private final int rows;
    private Shape shape;

    Reshape(int... wanted) {
        this(wanted, -1);
    }

    /** A reshape that only adds or drops axes of size 1, so that it is known where the rows go. */
    private Reshape(int[] wanted, int rows) {
        this.wanted = wanted.clone();
        this.rows = rows;
    }

    static Tensor of(Tensor x, int... shape) {
        return x.lengths() == null ? new Reshape(shape).apply(x) : ofElements(x, shape);
    }

    /** Another shape for each element, where rows differ in length: the first two axes stay. */
    private static Tensor ofElements(Tensor x, int... shape) {
        if (shape.length < 2 || shape[1] != Shape.RAGGED || (shape[0] != Shape.UNKNOWN && shape[0] != x.size(0))) {
            throw new Reshape(shape).refusesLengths(x);
        }
        Shape old = x.localShape().dropFirst(2);
        int[] element = Arrays.copyOfRange(shape, 2, shape.length);
        Shape changed = new Reshape(element).newShape(new Tensor(old, null, -1, null));
        int[] dims = new int[element.length + 1];
        dims[0] = Shape.UNKNOWN;
        System.arraycopy(changed.local(), 0, dims, 1, element.length);
        return new Tensor(new Reshape(dims).apply(x.flat()), x.lengths());
    }

    /** This shape of an element behind the first two axes. */
    private static int[] behind(int... element) {
        int[] dims = new int[element.length + 2];
        dims[0] = Shape.UNKNOWN;
        dims[1] = Shape.RAGGED;
        System.arraycopy(element, 0, dims, 2, element.length);
        return dims;
    }

    static Tensor flatten(Tensor x, int startAxis) {
        int start = x.localShape().axis(startAxis);
        int[] dims = Arrays.copyOf(x.localShape().local(), start + 1);
        dims[start] = Shape.of(x.localShape().local()).dropFirst(start).size();
        if (x.lengths() != null && start > 1) {
            return of(x, behind(Arrays.copyOfRange(dims, 2, dims.length)));
        }
        int rows = x.rowAxis();
        Reshape flatten = new Reshape(dims, rows);
        boolean single = x.localShape().rank() == start + 1;
        if (rows >= start && !single) {
            throw flatten.mixesRows(x);
        }
        return flatten.apply(x);
    }

    static Tensor unsqueeze(Tensor x, int axis) {
        int[] old = x.localShape().local();
        int at = axis < 0 ? axis + old.length + 1 : axis;
        if (at < 0 || at > old.length) {
            throw new IllegalArgumentException("unsqueeze of " + shapes(x) + " expects an axis from "
                    + (-old.length - 1) + " to " + old.length + ", got " + axis);
        }
        int[] dims = new int[old.length + 1];
        System.arraycopy(old, 0, dims, 0, at);
        dims[at] = 1;
        System.arraycopy(old, at, dims, at + 1, old.length - at);
        if (x.lengths() != null && at > 1) {
            return of(x, behind(Arrays.copyOfRange(dims, 2, dims.length)));
        }
        return new Reshape(dims, x.rowAxis() >= at ? x.rowAxis() + 1 : x.rowAxis()).apply(x);
    }

    static Tensor squeeze(Tensor x, int axis) {
        int[] old = x.localShape().local();
        int at = x.localShape().axis(axis);
        if (old[at] != 1 || at == x.rowAxis()) {
            return x;
        }
        int[] dims = new int[old.length - 1];
        System.arraycopy(old, 0, dims, 0, at);
        System.arraycopy(old, at + 1, dims, at, old.length - at - 1);
        if (x.lengths() != null && at > 1) {
            return of(x, behind(Arrays.copyOfRange(dims, 2, dims.length)));
        }
        return new Reshape(dims, x.rowAxis() > at ? x.rowAxis() - 1 : x.rowAxis()).apply(x);
    }

    /** As it was recorded: the rows open, and at a known place. */
    static Tensor again(Tensor x, int rows, int... shape) {
        return new Reshape(shape, rows).apply(x);
    }

    @Override
    void describe(Note note) {
        note.sizes("shape", shape.local());
    }

    @Override
    String name() {
        return "reshape";
    }

    @Override
    Shape shape(Tensor... in) {
        if (shape == null) {
            shape = newShape(in[0]);
        }
        return shape;
    }

    private Shape newShape(Tensor x) {
        int[] dims = wanted.clone();
        int fixed = 0;
        long size = x.localSize();
        if (x.rowAxis() == 0 && dims.length > 0 && rows < 0) {
            keepRows(x, dims);
            fixed = 1;
            // Not by dividing the whole size: a block may have no rows.
            size = Shape.of(x.localShape().local()).dropFirst(1).size();
        }
        int open = -1;
        long known = 1;
        for (int axis = fixed; axis < dims.length; axis++) {
            if (dims[axis] == Shape.UNKNOWN && open < 0) {
                open = axis;
            } else if (dims[axis] < 0) {
                throw misfit(x);
            } else {
                known *= dims[axis];
            }
        }
        if (open >= 0 && known > 0 && size % known == 0) {
            dims[open] = (int) (size / known);
        } else if (open >= 0 || known != size) {
            throw misfit(x);
        }
        return Shape.of(dims);
    }

    /**
     * Puts the rows at hand where the caller, who sees the shape of all rows, wrote their number or left it open. With
     * the number of all rows written out, that number is asked for, which is a reduction over rows; in every block, also
     * in one that happens to hold all rows, for all blocks must meet the same reductions.
     */
    private void keepRows(Tensor x, int[] dims) {
        int local = x.localShape().dim(0);
        boolean othersKnown = Arrays.stream(dims).skip(1).noneMatch(dim -> dim == Shape.UNKNOWN);
        if ((dims[0] == Shape.UNKNOWN && othersKnown) || (dims[0] >= 0 && dims[0] == x.size(0))) {
            dims[0] = local;
        } else {
            throw dims[0] == Shape.UNKNOWN ? sizesDiffer(x) : mixesRows(x);
        }
    }

    private RuntimeException misfit(Tensor x) {
        return x.rowAxis() >= 0 ? mixesRows(x) : sizesDiffer(x);
    }

    private IllegalArgumentException sizesDiffer(Tensor x) {
        return new IllegalArgumentException("reshape of " + shapes(x) + " to " + Arrays.toString(wanted)
                + ": the number of elements differs, or more than one size is open");
    }

    @Override
    int rowAxis(Tensor... in) {
        if (rows >= 0) {
            return rows;
        }
        int[] old = in[0].localShape().local();
        int[] dims = shape(in).local();
        for (int axis = 0; axis <= in[0].rowAxis(); axis++) {
            if (axis >= dims.length || dims[axis] != old[axis]) {
                throw mixesRows(in);
            }
        }
        return in[0].rowAxis();
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        System.arraycopy(in[0].values(), 0, y, 0, y.length);
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        for (int i = 0; i < gy.length; i++) {
            gradients[0][i] += gy[i];
        }
    }
}
