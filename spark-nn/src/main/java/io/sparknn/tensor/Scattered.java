package io.sparknn.tensor;

/** A matrix that lies scattered in an array: element (i, p) is {@code values[offset + rowStarts[i] + columnStarts[p]]}. */
final class Scattered {
    final int rows;
    final int columns;
    final int[] rowStarts;
    final int[] columnStarts;
    float[] values;
    int offset;
    /** A copy in the layout of the kernel that made it, or null. */
    float[] packed;

    /** A matrix yet to be placed. */
    Scattered(int rows, int columns, int[] rowStarts, int[] columnStarts) {
        this.rows = rows;
        this.columns = columns;
        this.rowStarts = rowStarts;
        this.columnStarts = columnStarts;
    }

    /** Says where it lies now. */
    Scattered at(float[] array, int start) {
        values = array;
        offset = start;
        packed = null;
        return this;
    }

    /** The table 0, step, 2 step, ... */
    static int[] steps(int n, int step) {
        int[] table = new int[n];
        for (int i = 0; i < n; i++) {
            table[i] = i * step;
        }
        return table;
    }
}
