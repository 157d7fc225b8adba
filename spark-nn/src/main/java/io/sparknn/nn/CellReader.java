package io.sparknn.nn;

import io.sparknn.tensor.SparseRows;
import org.apache.spark.sql.Row;

/**
 * Reads an input column of rows of a kind: those users see, or those Spark stores.
 *
 * @param <R> the rows
 */
interface CellReader<R> {
    InputColumn column();

    /** How many elements a row has along axis 1, each of as many floats as the width, where rows differ in length. */
    int elements(R row);

    /** Reads a row into a block; returns what is wrong with it, or null. The floats hold anything if it has a width. */
    InputColumn.Problem read(R row, float[] block, int at);

    /**
     * Reads a row that is a sparse vector of this column's width and of finite values, all of its values and, as the row
     * of that number, what it stores; false for other rows, which are to be read as any.
     */
    boolean readSparse(R row, float[] block, int at, SparseRows into, int number);

    /** The row as users see it, with this column at least, to tell them what is wrong with it. */
    Row shown(R row);
}
