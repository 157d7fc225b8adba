package io.sparknn.tensor;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntSupplier;

/**
 * The sizes of a tensor along each of its axes; immutable, compared by value.
 *
 * <p>A size may be {@link #UNKNOWN}, printed {@code ?}: the number of rows of a DataFrame that nobody counted, or the
 * input width of a lazy layer.
 */
public final class Shape implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A size that is not known yet. */
    public static final int UNKNOWN = -1;

    private final int[] dims;
    private final int rowAxis;

    /** Of a block in a running pass, which does not travel. */
    private final transient IntSupplier rowCount;

    private Shape(int[] dims, int rowAxis, IntSupplier rowCount) {
        this.dims = dims;
        this.rowAxis = rowAxis;
        this.rowCount = rowCount;
    }

    /**
     * A shape of the given sizes.
     *
     * @param dims sizes, each at least 0 or {@link #UNKNOWN}; none for a scalar
     * @return the shape
     * @throws IllegalArgumentException if a size is below -1
     */
    public static Shape of(int... dims) {
        for (int dim : dims) {
            if (dim < UNKNOWN) {
                throw new IllegalArgumentException("Shape expects sizes of 0 or more, got " + Arrays.toString(dims));
            }
        }
        return new Shape(dims.clone(), -1, null);
    }

    /** This shape as a block of rows shows it to user code: asking for the size of the row axis counts all rows. */
    Shape withRows(int axis, IntSupplier count) {
        return axis < 0 ? this : new Shape(dims, axis, count);
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
     * @return the size, or {@link #UNKNOWN}
     * @throws IllegalArgumentException if there is no such axis
     */
    public int dim(int axis) {
        int at = axis(axis);
        return at == rowAxis ? rowCount.getAsInt() : dims[at];
    }

    /**
     * The size of the last axis.
     *
     * @return the size, or {@link #UNKNOWN}
     * @throws IllegalArgumentException if this is the shape of a scalar
     */
    public int last() {
        return dim(-1);
    }

    /**
     * The number of elements.
     *
     * @return the product of all sizes, or {@link #UNKNOWN} if one of them is
     * @throws ArithmeticException if it exceeds the range of int
     */
    public int size() {
        int size = 1;
        for (int axis = 0; axis < dims.length; axis++) {
            int dim = dim(axis);
            if (dim == UNKNOWN) {
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
     * Tells whether every size is known.
     *
     * @return false if one is {@link #UNKNOWN}
     */
    public boolean isKnown() {
        return Arrays.stream(dims).noneMatch(dim -> dim == UNKNOWN);
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
        Shape changed = of(copy);
        return at == rowAxis ? changed : changed.withRows(rowAxis, rowCount);
    }

    /**
     * This shape without its leading axes.
     *
     * @param axes how many to drop
     * @return a new shape
     */
    public Shape dropFirst(int axes) {
        return of(Arrays.copyOfRange(dims, axes, dims.length)).withRows(rowAxis - axes, rowCount);
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
            text.append(axis == 0 ? "" : ", ").append(axis == rowAxis || dims[axis] == UNKNOWN ? "?" : dims[axis]);
        }
        return text.append(")").toString();
    }
}
