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
     * Adds a value to a row that has begun.
     *
     * @param row the row begun last
     * @param place behind that of the value before
     * @param value the value
     */
    public void put(int row, int place, float value) {
        int at = ends[row]++;
        if (at == places.length) {
            places = Arrays.copyOf(places, 2 * at);
            values = Arrays.copyOf(values, 2 * at);
        }
        places[at] = place;
        values[at] = value;
    }

    /**
     * Ends a row: all values that were not added are 0.
     *
     * @param row the row begun last
     */
    public void end(int row) {
        few[row] = (long) (ends[row] - from(row)) * ONE_IN <= width;
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

    int[] places() {
        return places;
    }

    float[] values() {
        return values;
    }
}
