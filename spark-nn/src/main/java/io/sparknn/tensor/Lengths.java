package io.sparknn.tensor;

import java.util.Arrays;

/**
 * How long the rows of a tensor are where they differ: row i has the elements from {@code offset(i)} up to
 * {@code offset(i + 1)} of its values, one row behind the other without padding.
 *
 * <p>Such a tensor is a view of its values, a tensor whose first axis holds the elements of all rows. Operations within an
 * element run on the values and know nothing of rows; those that see rows are handed the lengths.
 */
final class Lengths {
    private final int rows;
    private final int[] offsets;
    private Steps ahead;
    private Steps back;

    /**
     * Lengths by offsets.
     *
     * @param rows how many rows there are
     * @param offsets where each row begins, and behind them where the last one ends; not copied, and possibly longer
     */
    Lengths(int rows, int... offsets) {
        this.rows = rows;
        this.offsets = offsets;
    }

    /** Lengths as users give them. */
    static Lengths of(int... lengths) {
        int[] offsets = new int[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 0) {
                throw new IllegalArgumentException(
                        "a tensor of rows of different length expects lengths of 0 or more, got " + lengths[i]
                                + " for row " + i);
            }
            offsets[i + 1] = Math.addExact(offsets[i], lengths[i]);
        }
        return new Lengths(lengths.length, offsets);
    }

    /** Rows of one length. */
    static Lengths uniform(int rows, int length) {
        int[] offsets = new int[rows + 1];
        Arrays.setAll(offsets, i -> i * length);
        return new Lengths(rows, offsets);
    }

    /** The lengths of a sequence's rows, also of one whose rows are equally long. */
    static Lengths ofSequence(Tensor x) {
        return x.lengths() != null
                ? x.lengths()
                : uniform(x.localShape().dim(0), x.localShape().dim(1));
    }

    int rows() {
        return rows;
    }

    /** Where a row begins. */
    int offset(int row) {
        return offsets[row];
    }

    int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** The elements of all rows. */
    int total() {
        return offsets[rows];
    }

    int[] offsets() {
        return offsets;
    }

    int longest() {
        int longest = 0;
        for (int row = 0; row < rows; row++) {
            longest = Math.max(longest, length(row));
        }
        return longest;
    }

    /** The order in which a recurrent layer meets the elements; made once for all layers that run over these rows. */
    Steps steps(boolean backwards) {
        Steps known = backwards ? back : ahead;
        if (known != null) {
            return known;
        }
        Steps made = new Steps(this, backwards);
        if (backwards) {
            back = made;
        } else {
            ahead = made;
        }
        return made;
    }

    boolean sameAs(Lengths other) {
        return this == other || (rows == other.rows && Arrays.equals(offsets, 0, rows + 1, other.offsets, 0, rows + 1));
    }

    /** The lengths that all inputs with rows of different length share; null if there is none. */
    static Lengths among(Operation operation, Tensor... in) {
        Lengths found = null;
        for (Tensor tensor : in) {
            Lengths own = tensor.lengths();
            if (own != null && found != null && !found.sameAs(own)) {
                throw new IllegalArgumentException(
                        operation.name() + " of " + Operation.shapes(in)
                                + " expects rows of the same lengths in both, got others; reduce one of them over its rows first");
            }
            if (own != null && found != null && own != found && Pass.current().recorder() != null) {
                Pass.current().recorder().same(found, own);
            }
            found = own == null ? found : own;
        }
        return found;
    }

    /**
     * Operands of an operation on single elements as it can run on them: the values of those whose rows differ in
     * length, and the others repeated for each element of a row where they have one value for a row.
     */
    Tensor[] aligned(Operation operation, Tensor... in) {
        int rank = 0;
        for (Tensor tensor : in) {
            rank = tensor.lengths() == null ? rank : tensor.localShape().rank();
        }
        Tensor[] values = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            values[i] = in[i].lengths() == null ? fitting(operation, in[i], rank, in) : in[i].flat();
            if (values[i] == null
                    || (in[i].lengths() != null && in[i].localShape().rank() != rank)) {
                throw operation.refusesLengths(in);
            }
        }
        return values;
    }

    /** An operand without lengths; null if it cannot go with rows of different length. */
    private Tensor fitting(Operation operation, Tensor x, int rank, Tensor... in) {
        int[] dims = x.localShape().local();
        int beyond = dims.length - rank + 2;
        if (beyond <= 0 && x.rowAxis() < 0) {
            return x;
        }
        if (beyond == 1 && dims[0] == 1 && x.rowAxis() < 0) {
            return x;
        }
        if (beyond != 2 || dims[1] != 1) {
            return null;
        }
        if (x.rowAxis() < 0 && dims[0] == 1) {
            return x.reshape(Arrays.copyOfRange(dims, 1, dims.length));
        }
        if (Operation.carriesRows(in) && x.rowAxis() != 0) {
            throw operation.mixesRows(in);
        }
        return dims[0] == rows ? new RepeatRows(this).apply(x) : null;
    }
}
