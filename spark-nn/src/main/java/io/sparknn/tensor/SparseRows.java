package io.sparknn.tensor;

import java.util.Arrays;

/**
 * The values of a block's rows that were stored, of rows that store few of them: their places and numbers, in order. A
 * matrix product reads them instead of all values. The engine's own; users' tensors are dense.
 */
public final class SparseRows {
    /** A row is read by places if it stores at most one value in so many. */
    private static final int ONE_IN = 4;

    private final int width;
    private final int[] ends;
    private final boolean[] few;
    private int[] places = new int[256];
    private float[] values = new float[256];

    /**
     * Room for rows, none of which is there yet.
     *
     * @param rows how many at most
     * @param width of each
     */
    public SparseRows(int rows, int width) {
        this.width = width;
        this.ends = new int[rows];
        this.few = new boolean[rows];
    }

    /**
     * Begins a row behind those before it, whatever was there. It stays one whose values all count until it ends.
     *
     * @param row its number
     */
    public void begin(int row) {
        ends[row] = from(row);
        few[row] = false;
    }

    /**
     * Makes room for the values of a row that has begun.
     *
     * @param row the row begun last
     * @param count how many
     * @return where its first value and place go, the others behind
     */
    public int reserve(int row, int count) {
        int at = from(row);
        if (at + count > places.length) {
            int length = Math.max(at + count, 2 * places.length);
            places = Arrays.copyOf(places, length);
            values = Arrays.copyOf(values, length);
        }
        return at;
    }

    /**
     * Ends a row whose places and values have been written: all others of its values are 0.
     *
     * @param row the row begun last
     * @param count how many were written
     */
    public void end(int row, int count) {
        ends[row] = from(row) + count;
        few[row] = (long) count * ONE_IN <= width;
    }

    /**
     * Takes places, in order within a row.
     *
     * @return the array until room is made again
     */
    public int[] places() {
        return places;
    }

    /**
     * Takes values.
     *
     * @return the array until room is made again
     */
    public float[] values() {
        return values;
    }

    int width() {
        return width;
    }

    /** Whether a row is worth reading by places. */
    boolean isFew(int row) {
        return few[row];
    }

    int from(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    int to(int row) {
        return ends[row];
    }
}
