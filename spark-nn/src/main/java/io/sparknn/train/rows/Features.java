package io.sparknn.train.rows;

import io.sparknn.tensor.Shape;
import java.util.Arrays;

/**
 * The features of some rows, column by column, as tensors take them; where rows differ in length, with the places where
 * each row begins. Its arrays are used again for other rows.
 */
public final class Features {
    private final int[] widths;
    private final float[][] values;
    private final int[][] offsets;

    /**
     * Room for rows.
     *
     * @param rows how many at most
     * @param shapes of the columns, rows unknown
     */
    public Features(int rows, Shape... shapes) {
        widths = new int[shapes.length];
        values = new float[shapes.length][];
        offsets = new int[shapes.length][];
        for (int c = 0; c < shapes.length; c++) {
            widths[c] = RowLayout.width(shapes[c]);
            // Of ragged columns one element for each row to begin with; they grow to what rows bring.
            values[c] = new float[Math.multiplyExact(rows, widths[c])];
            offsets[c] = shapes[c].isRagged() ? new int[rows + 1] : null;
        }
    }

    /**
     * The numbers of a column, row after row.
     *
     * @param column its place
     * @return possibly more than the rows have; the array may be another one once other rows are read
     */
    public float[] values(int column) {
        return values[column];
    }

    /**
     * Where the rows of a column begin, in elements.
     *
     * @param column its place
     * @return the first element of each row, and behind that of the last row where it ends; null if all rows are
     *     equally long
     */
    public int[] offsets(int column) {
        return offsets[column];
    }

    /** Where a row's numbers begin, which the rows before it tell. */
    int first(int column, int row) {
        return (offsets[column] == null ? row : offsets[column][row]) * widths[column];
    }

    /** Makes room for a row's elements, and notes where they end. */
    void lengthen(int column, int row, int elements) {
        int end = Math.addExact(offsets[column][row], elements);
        offsets[column][row + 1] = end;
        int needed = Math.multiplyExact(end, widths[column]);
        if (needed > values[column].length) {
            long doubled = Math.min(2L * values[column].length, Integer.MAX_VALUE - 8);
            values[column] = Arrays.copyOf(values[column], (int) Math.max(needed, doubled));
        }
    }
}
