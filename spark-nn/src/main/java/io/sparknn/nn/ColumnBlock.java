package io.sparknn.nn;

import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.SparseRows;
import io.sparknn.tensor.Tensor;
import java.util.Arrays;

/**
 * The floats of a block's rows in one column, and where each row begins if rows differ in length.
 *
 * @param <R> the rows
 */
final class ColumnBlock<R> {
    private final CellReader<R> reader;
    private final InputColumn column;
    private final Shape shape;
    private final int[] offsets;
    private final boolean isPlain;
    private final SparseRows stored;
    private boolean anyStored;
    private float[] values;

    ColumnBlock(CellReader<R> reader, int rows) {
        this.reader = reader;
        this.column = reader.column();
        this.shape = column.shape();
        this.offsets = column.isRagged() ? new int[rows + 1] : null;
        this.isPlain = column.isVector() && offsets == null && !column.reading().isIds();
        this.stored = isPlain ? new SparseRows(rows, column.width()) : null;
        this.values = new float[rows * column.width()];
    }

    /** What is wrong with a row in this column. */
    String complaint(R row, InputColumn.Problem problem) {
        return column.complaint(reader.shown(row), problem);
    }

    /** Reads a row to a place; what is wrong with it, or null. */
    InputColumn.Problem read(R row, int place) {
        if (offsets == null) {
            return isSparse(row, place) ? null : reader.read(row, values, place * column.width());
        }
        int at = offsets[place] * column.width();
        int elements = reader.elements(row);
        offsets[place + 1] = offsets[place] + elements;
        int end = Math.addExact(at, Math.multiplyExact(elements, column.width()));
        if (end > values.length) {
            values = Arrays.copyOf(values, Math.max(end, (int) Math.min(2L * values.length, Integer.MAX_VALUE - 8)));
        }
        return reader.read(row, values, at);
    }

    /** Takes rows that were vectors of floats before; false if they have to be read and looked at one by one. */
    boolean take(float[] vectors, int width, int rows) {
        if (!isPlain || width != column.width() || !Pass.allFinite(vectors, 0, rows * width)) {
            return false;
        }
        System.arraycopy(vectors, 0, values, 0, rows * width);
        return true;
    }

    /** Reads a row if it is a sparse one: also what it stores. */
    private boolean isSparse(R row, int place) {
        if (stored == null) {
            return false;
        }
        stored.begin(place);
        boolean isSparse = reader.readSparse(row, values, place * column.width(), stored, place);
        anyStored |= isSparse;
        return isSparse;
    }

    /** How many elements that many rows have. */
    int elements(int rows) {
        return offsets == null ? rows : offsets[rows];
    }

    /** The first rows as a tensor of a pass. */
    Tensor tensor(Pass pass, int rows) {
        Shape block = shape.with(0, rows);
        if (anyStored) {
            anyStored = false;
            return pass.block(values, block, stored);
        }
        return offsets == null ? pass.block(values, block) : pass.block(values, offsets, block);
    }
}
