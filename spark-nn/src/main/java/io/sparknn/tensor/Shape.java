package io.sparknn.tensor;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntSupplier;

/**
 * The sizes of a tensor along each of its axes; immutable, compared by value.
 *
 * <p>A size may be {@link #UNKNOWN}, printed {@code ?}: the number of rows of a DataFrame that nobody counted, or the
 * input width of a lazy layer. One may be {@link #RAGGED}, printed {@code *}: it differs from row to row, as in (32, *, 64)
 * for 32 sequences of vectors of 64.
 */
public final class Shape implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A size that is not known yet. */
    public static final int UNKNOWN = -1;

    /** A size that differs from row to row. */
    public static final int RAGGED = -2;

    private final int[] dims;
    private final int rowAxis;

    /** Of a block in a running pass, which does not travel. */
    private final transient IntSupplier rowCount;

    /** Of a tensor, which does not travel. */
    private final transient Lengths lengths;

    private final int ids;

    private Shape(int[] dims, int rowAxis, IntSupplier rowCount, Lengths lengths, int ids) {
        this.dims = dims;
        this.rowAxis = rowAxis;
        this.rowCount = rowCount;
        this.lengths = lengths;
        this.ids = ids;
    }

    /**
     * A shape of the given sizes.
     *
     * @param dims sizes, each at least 0 or {@link #UNKNOWN}, one of them perhaps {@link #RAGGED}; none for a scalar
     * @return the shape
     * @throws IllegalArgumentException if a size is none of these
     */
    public static Shape of(int... dims) {
        int ragged = 0;
        for (int dim : dims) {
            ragged += dim == RAGGED ? 1 : 0;
            if (dim < RAGGED || ragged > 1) {
                throw new IllegalArgumentException(
                        "Shape expects sizes of 0 or more, at most one of which differs from row to row, got "
                                + Arrays.toString(dims));
            }
        }
        return new Shape(dims.clone(), -1, null, null, UNKNOWN);
    }

    /** The shape of rows of these lengths, each element of the given sizes. */
    static Shape of(Lengths lengths, Shape element) {
        int[] own = element.dims;
        int[] dims = new int[own.length + 2];
        dims[0] = lengths.rows();
        dims[1] = RAGGED;
        System.arraycopy(own, 0, dims, 2, own.length);
        return new Shape(dims, -1, null, lengths, UNKNOWN);
    }

    /**
     * This shape, of a tensor whose values are ids: whole numbers from 0 on, which name entries of a table. Shapes are
     * compared without it.
     *
     * @param limit how many ids there are: the largest and 1
     * @return a new shape
     * @throws IllegalArgumentException if there are none
     */
    public Shape withIds(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("Shape.withIds expects one id or more, got " + limit);
        }
        return new Shape(dims, rowAxis, rowCount, lengths, limit);
    }

    /**
     * How many ids the values are chosen from.
     *
     * @return the number, or {@link #UNKNOWN} if the values are no ids, or nobody counted them
     */
    public int ids() {
        return ids;
    }

    /** This shape as a block of rows shows it to user code: asking for the size of the row axis counts all rows. */
    Shape withRows(int axis, IntSupplier count) {
        return axis < 0 ? this : new Shape(dims, axis, count, lengths, ids);
    }

    /**
     * The number of axes.
     *
     * @return 0 for a scalar
     */
    public int rank() {
        return dims.length;
    }

    /**
     * The size of one axis.
     *
     * @param axis the axis, counted from the end if negative
     * @return the size, {@link #UNKNOWN} or {@link #RAGGED}
     * @throws IllegalArgumentException if there is no such axis
     */
    public int dim(int axis) {
        int at = axis(axis);
        return at == rowAxis ? rowCount.getAsInt() : dims[at];
    }

    /**
     * The size of the last axis.
     *
     * @return the size, {@link #UNKNOWN} or {@link #RAGGED}
     * @throws IllegalArgumentException if this is the shape of a scalar
     */
    public int last() {
        return dim(-1);
    }

    /**
     * The number of elements.
     *
     * @return the product of all sizes, or {@link #UNKNOWN} if one of them is, or differs from row to row
     * @throws ArithmeticException if it exceeds the range of int
     */
    public int size() {
        int size = 1;
        for (int axis = 0; axis < dims.length; axis++) {
            int dim = dim(axis);
            if (dim < 0) {
                return UNKNOWN;
            }
            size = Math.multiplyExact(size, dim);
        }
        return size;
    }

    /**
     * All sizes.
     *
     * @return a copy
     */
    public int[] dims() {
        int[] copy = dims.clone();
        if (rowAxis >= 0) {
            copy[rowAxis] = rowCount.getAsInt();
        }
        return copy;
    }

    /**
     * Tells whether every size is known; that one differs from row to row is known, too.
     *
     * @return false if one is {@link #UNKNOWN}
     */
    public boolean isKnown() {
        return !has(UNKNOWN);
    }

    /**
     * Tells whether a size differs from row to row.
     *
     * @return true if one is {@link #RAGGED}
     */
    public boolean isRagged() {
        return has(RAGGED);
    }

    private boolean has(int size) {
        for (int dim : dims) {
            if (dim == size) {
                return true;
            }
        }
        return false;
    }

    /** How long the rows are, where this is the shape of a tensor whose rows differ; else null. */
    Lengths lengths() {
        return lengths;
    }

    /**
     * This shape with another size on one axis. The rows of a DataFrame stay where they are.
     *
     * @param axis the axis, counted from the end if negative
     * @param dim the new size
     * @return a new shape
     */
    public Shape with(int axis, int dim) {
        int at = axis(axis);
        int[] copy = dims.clone();
        copy[at] = dim;
        boolean rows = at == rowAxis;
        return new Shape(of(copy).dims, rows ? -1 : rowAxis, rows ? null : rowCount, null, ids);
    }

    /**
     * This shape without its leading axes.
     *
     * @param axes how many to drop
     * @return a new shape
     */
    public Shape dropFirst(int axes) {
        Shape left = new Shape(Arrays.copyOfRange(dims, axes, dims.length), -1, null, null, ids);
        return left.withRows(rowAxis - axes, rowCount);
    }

    /** The shape of the elements of all rows, where rows differ in length. */
    Shape elements() {
        return of(Arrays.copyOfRange(dims, 1, dims.length)).with(0, lengths.total());
    }

    /** This shape without one axis. */
    Shape without(int axis) {
        int at = axis(axis);
        int[] left = new int[dims.length - 1];
        System.arraycopy(dims, 0, left, 0, at);
        System.arraycopy(dims, at + 1, left, at, left.length - at);
        return of(left);
    }

    /** The place of an axis that may be counted from the end. */
    int axis(int axis) {
        int at = axis < 0 ? axis + dims.length : axis;
        if (at < 0 || at >= dims.length) {
            throw new IllegalArgumentException("axis " + axis + " of a tensor of shape " + this
                    + " does not exist; it has " + dims.length + (dims.length == 1 ? " axis" : " axes"));
        }
        return at;
    }

    /** The axis of the rows where this is the shape of a block as user code sees it, else -1. */
    int rowAxis() {
        return rowAxis;
    }

    /** The sizes themselves, of a block where this is one: for operations, which never change them. */
    int[] local() {
        return dims;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int axis = 0; axis < dims.length; axis++) {
            boolean unknown = axis == rowAxis || dims[axis] == UNKNOWN;
            text.append(axis == 0 ? "" : ", ")
                    .append(unknown ? "?" : dims[axis] == RAGGED ? "*" : String.valueOf(dims[axis]));
        }
        return text.append(")").toString();
    }
}
