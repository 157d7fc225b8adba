package io.sparknn.tensor;

import java.util.Arrays;

/**
 * A reduction of each row over its own elements, where rows differ in length: what the {@link Reduction} gives for that
 * row alone. The result of a row without elements is 0.
 */
final class RaggedReduction extends Operation {
    private final Reduction reduction;
    private final Lengths lengths;
    private final int reduced;
    private int inner;

    /**
     * A reduction over the elements of rows, and the axes that follow at once.
     *
     * @param reduced how many axes of an element are reduced, from the first on
     */
    private RaggedReduction(Reduction reduction, Lengths lengths, int reduced) {
        this.reduction = reduction;
        this.lengths = lengths;
        this.reduced = reduced;
    }

    static Tensor of(Reduction reduction, Tensor x, boolean keepDim, int... axes) {
        int rank = x.localShape().rank();
        int[] sorted = Reduction.axes(x, axes);
        boolean rows = Arrays.binarySearch(sorted, 0) >= 0;
        boolean elements = Arrays.binarySearch(sorted, 1) >= 0;
        if (rows != elements && rows) {
            throw new IllegalArgumentException(reduction.name() + " over axis 0 of " + shapes(x)
                    + " expects rows of one length, for only those have elements at the same places; reduce over the"
                    + " axes 0 and 1 together, or over axis 1 first");
        }
        int[] within = Arrays.stream(sorted)
                .filter(axis -> axis > 1)
                .map(axis -> axis - 1)
                .toArray();
        if (rows) {
            int[] all = new int[within.length + 1];
            System.arraycopy(within, 0, all, 1, within.length);
            Tensor result = Reduction.of(reduction, x.flat(), keepDim, all);
            return keepDim ? result.unsqueeze(0) : result;
        }
        if (!elements) {
            return new Tensor(Reduction.of(reduction, x.flat(), keepDim, within), x.lengths());
        }
        Tensor flat = within.length == 0 || within[within.length - 1] == within.length
                ? x.flat()
                : Permute.toStart(x.flat(), within);
        Tensor result = new RaggedReduction(reduction, x.lengths(), within.length).apply(flat);
        return keepDim ? result.reshape(kept(x, rank, sorted)) : result;
    }

    /** As it was recorded, for rows of other lengths. */
    static Tensor again(String name, Attributes a, Lengths lengths, Tensor x) {
        int reduced = a.integer("reduced");
        if (reduced < 0 || reduced >= x.localShape().rank() || x.localShape().dim(0) != lengths.total()) {
            throw new IllegalArgumentException(name + " of " + shapes(x) + " does not fit rows of different length");
        }
        return new RaggedReduction(Reduction.named(name, a), lengths, reduced).apply(x);
    }

    @Override
    void describe(Note note) {
        reduction.describeKind(note);
        note.lengths("lengths", lengths).integer("reduced", reduced);
    }

    private static int[] kept(Tensor x, int rank, int... sorted) {
        int[] dims = new int[rank];
        dims[0] = Shape.UNKNOWN;
        for (int axis = 1; axis < rank; axis++) {
            dims[axis] =
                    Arrays.binarySearch(sorted, axis) >= 0 ? 1 : x.localShape().dim(axis);
        }
        return dims;
    }

    @Override
    String name() {
        return reduction.name();
    }

    @Override
    Shape shape(Tensor... in) {
        Shape left = in[0].localShape().dropFirst(1 + reduced);
        inner = left.size();
        int[] dims = new int[left.rank() + 1];
        dims[0] = lengths.rows();
        System.arraycopy(left.local(), 0, dims, 1, left.rank());
        return Shape.of(dims);
    }

    @Override
    int rowAxis(Tensor... in) {
        return 0;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        Row row = new Row(in[0]);
        float[] x = in[0].values();
        for (int i = 0; i < lengths.rows(); i++) {
            row.reduce(x, i);
            System.arraycopy(row.y, 0, y, i * inner, inner);
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        Row row = new Row(in[0]);
        float[] x = in[0].values();
        float[] gx = gradients[0];
        float[] ofResult = Pass.current().allocate(inner);
        float[] ofRow = Pass.current().allocate(row.x.length);
        for (int i = 0; i < lengths.rows(); i++) {
            int size = row.reduce(x, i);
            System.arraycopy(gy, i * inner, ofResult, 0, inner);
            Arrays.fill(ofRow, 0, size * inner, 0f);
            if (size > 0) {
                reduction.backward(row.x, row.y, ofResult, ofRow, 1, size, inner);
            }
            int to = lengths.offset(i) * row.width;
            for (int at = 0; at < size * inner; at++) {
                gx[to + at] += ofRow[at];
            }
        }
    }

    /** Arrays that one row after the other goes through, for loops run best on arrays that start at 0. */
    private final class Row {
        private final int width;
        private final float[] x;
        private final float[] y;
        private final double[] state;
        private final double start;

        Row(Tensor flat) {
            width = flat.localShape().dropFirst(1).size();
            x = Pass.current().allocate(lengths.longest() * width);
            y = Pass.current().allocate(inner);
            state = new double[inner * reduction.width()];
            RowPart.Merge merge = reduction.merge();
            boolean sum = merge == RowPart.Merge.SUM;
            start = sum ? 0 : merge == RowPart.Merge.MAX ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }

        /** Reduces a row; how many elements went into each result. */
        int reduce(float[] values, int row) {
            int length = lengths.length(row);
            int size = inner == 0 ? 0 : length * width / inner;
            System.arraycopy(values, lengths.offset(row) * width, x, 0, length * width);
            if (size == 0) {
                Arrays.fill(y, 0, inner, 0f);
                return 0;
            }
            Arrays.fill(state, start);
            reduction.accumulate(x, 1, size, inner, state);
            reduction.finish(state, size, y);
            return size;
        }
    }
}
