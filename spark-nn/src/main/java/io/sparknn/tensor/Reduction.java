package io.sparknn.tensor;

import java.util.Arrays;

/**
 * Reduces neighbouring axes: x is seen as (outer, size, inner) and the middle axis goes. Other choices of axes are
 * permuted first.
 *
 * <p>Values are accumulated in double; in two doubles where the first axis is among the reduced ones, because that is
 * where rows are, and wherever else the rows are: sums over rows must not depend on how rows are cut into blocks. Where
 * the reduced axes hold the rows of a DataFrame, what this block contributes goes to the pass, and the answer for all
 * rows comes back.
 */
abstract class Reduction extends Operation {
    private static final double[] NOTHING = new double[0];

    private int[] axes;
    private boolean keepDim;
    private boolean exact;
    private int outer;
    private int size;
    private int inner;
    private String overRows;

    /** For a plan, which runs over and over; what goes to other blocks is never kept. */
    private double[] kept = NOTHING;

    static Tensor of(Reduction reduction, Tensor x, boolean keepDim, int... axes) {
        if (x.lengths() != null) {
            return RaggedReduction.of(reduction, x, keepDim, axes);
        }
        int rank = x.localShape().rank();
        int[] sorted = axes(x, axes);
        boolean neighbours = sorted.length == 0 || sorted[sorted.length - 1] - sorted[0] == sorted.length - 1;
        Tensor in = neighbours ? x : Permute.toEnd(x, sorted);
        reduction.exact = sorted.length == 0 || sorted[0] == 0;
        reduction.axes = neighbours ? sorted : range(rank - sorted.length, rank);
        reduction.keepDim = keepDim && neighbours;
        Tensor result = reduction.apply(in);
        for (int i = 0; keepDim && !neighbours && i < sorted.length; i++) {
            result = result.unsqueeze(sorted[i]);
        }
        return result;
    }

    /** As it was recorded. */
    static Tensor again(String name, Attributes a, Tensor x) {
        Reduction reduction = named(name, a);
        reduction.axes = a.integers("axes");
        reduction.keepDim = a.flag("keepDim");
        reduction.exact = a.flag("exact");
        int[] axes = reduction.axes;
        boolean fits = axes.length == 0
                || (axes[0] >= 0
                        && axes[axes.length - 1] < x.localShape().rank()
                        && Arrays.equals(axes, range(axes[0], axes[0] + axes.length)));
        if (!fits) {
            throw new IllegalArgumentException(
                    name + " of " + shapes(x) + " expects neighbouring axes, got " + Arrays.toString(axes));
        }
        return reduction.apply(x);
    }

    /** A reduction by its name. */
    static Reduction named(String name, Attributes a) {
        return switch (name) {
            case "sum" -> new Sum();
            case "mean" -> new Mean();
            case "max" -> new Max();
            case "min" -> new Min();
            case "var" -> new Variance(a.integer("correction"));
            case "std" -> new Deviation(a.integer("correction"));
            default -> new Norm();
        };
    }

    @Override
    final void describe(Note note) {
        note.integers("axes", axes).flag("keepDim", keepDim).flag("exact", exact);
        describeKind(note);
    }

    /** Tells what the subclass is made from. */
    void describeKind(Note note) {}

    /** Doubles kept for each value of the result. */
    abstract int width();

    abstract RowPart.Merge merge();

    /** Adds the elements of x to the state of each result; {@code state[(o * inner + i) * width]} is the first double. */
    abstract void accumulate(float[] x, int outer, int size, int inner, double[] state);

    /** Turns states into results, given how many elements each one saw. */
    abstract void finish(double[] state, long count, float[] y);

    /** The derivative of one result by the element x, times gy. */
    abstract void backward(float[] x, float[] y, float[] gy, float[] gx, int outer, int size, int inner);

    @Override
    final Shape shape(Tensor... in) {
        int[] dims = in[0].localShape().local();
        exact |= crossesRows(in[0]);
        outer = product(dims, 0, first());
        size = product(dims, first(), first() + axes.length);
        inner = product(dims, first() + axes.length, dims.length);
        int[] left = new int[keepDim ? dims.length : dims.length - axes.length];
        for (int axis = 0, to = 0; axis < dims.length; axis++) {
            boolean reduced = reduced(axis);
            if (!reduced || keepDim) {
                left[to++] = reduced ? 1 : dims[axis];
            }
        }
        return Shape.of(left);
    }

    @Override
    final int rowAxis(Tensor... in) {
        int rows = in[0].rowAxis();
        if (reduced(rows)) {
            return -1;
        }
        return keepDim || rows < first() ? rows : rows - axes.length;
    }

    @Override
    final void forward(Tensor[] in, float[] y) {
        int doubles = y.length == 0 ? 0 : outer * inner * width();
        double[] state = kept.length == doubles ? kept : new double[doubles];
        Arrays.fill(
                state,
                merge() == RowPart.Merge.SUM
                        ? 0
                        : merge() == RowPart.Merge.MAX ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        accumulate(in[0].values(), outer, size, inner, state);
        if (!crossesRows(in[0])) {
            if (size == 0 && merge() != RowPart.Merge.SUM) {
                throw new IllegalArgumentException(
                        name() + " of " + in[0].localShape() + " over no elements has no value");
            }
            kept = state;
            finish(state, size, y);
            return;
        }
        int rows = in[0].rowAxis();
        int[] dims = in[0].localShape().local();
        overRows = signature(in[0]);
        RowPart all = Pass.current().resolve(new RowPart(overRows, merge(), state, dims[rows]));
        int perRow = product(dims, first(), rows) * product(dims, rows + 1, first() + axes.length);
        finish(all.state(), all.count() * perRow, y);
    }

    @Override
    final void forwardShapes(Pass pass, Tensor... in) {
        if (crossesRows(in[0])) {
            pass.resolve(new RowPart(signature(in[0]), merge(), new double[0], 0));
        }
    }

    @Override
    final void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        backward(in[0].values(), y, gy, gradients[0], outer, size, inner);
    }

    @Override
    final String overRows() {
        return overRows;
    }

    private boolean crossesRows(Tensor x) {
        return x.rowAxis() >= 0 && reduced(x.rowAxis());
    }

    private boolean reduced(int axis) {
        return axes.length > 0 && axis >= first() && axis < first() + axes.length;
    }

    /** Whether sums are to be kept in two doubles. */
    final boolean exact() {
        return exact;
    }

    private int first() {
        return axes.length == 0 ? 0 : axes[0];
    }

    private String signature(Tensor x) {
        return name() + " over axes " + Arrays.toString(axes) + " of " + shapes(x);
    }

    /** Sorted places of the axes, all of them if none is named. */
    static int[] axes(Tensor x, int... axes) {
        Shape shape = x.localShape();
        if (axes.length == 0) {
            return range(0, shape.rank());
        }
        int[] sorted = Arrays.stream(axes).map(shape::axis).sorted().distinct().toArray();
        if (sorted.length < axes.length) {
            throw new IllegalArgumentException(
                    "a reduction of " + shape + " expects each axis once, got " + Arrays.toString(axes));
        }
        return sorted;
    }

    private static int[] range(int from, int to) {
        int[] range = new int[to - from];
        Arrays.setAll(range, i -> from + i);
        return range;
    }

    private static int product(int[] dims, int from, int to) {
        int product = 1;
        for (int axis = from; axis < to; axis++) {
            product *= dims[axis];
        }
        return product;
    }
}
