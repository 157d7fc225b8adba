package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.io.Serializable;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Reads a column of vectors, arrays of numbers or numbers as scoring reads it, so that training and scoring agree on what
 * a row holds and on which rows are invalid. For the engine of training.
 */
public final class ColumnReader implements Serializable {
    private static final long serialVersionUID = 1L;

    private final InputColumn column;

    private ColumnReader(InputColumn column) {
        this.column = column;
    }

    /**
     * A reader of a column.
     *
     * @param who names the reader's owner in errors
     * @param name of the column, which may hold dots
     * @param reading how
     * @param shape of any number of rows, sizes known but the length where rows differ in it
     * @param schema of the rows that will be read
     * @return the reader
     */
    public static ColumnReader of(String who, String name, Reading reading, Shape shape, StructType schema) {
        return new ColumnReader(InputColumn.of(who, name, schema, reading).with(shape));
    }

    /**
     * Checks that a column is there and can be read.
     *
     * @param who names the reader's owner in errors
     * @param name of the column, which may hold dots
     * @param schema should have it
     * @throws IllegalArgumentException if it is missing, there are two, or it is of another type
     */
    public static void check(String who, String name, StructType schema) {
        InputColumn.of(who, name, schema);
    }

    /**
     * A column of a dataset by its name.
     *
     * @param dataset the dataset
     * @param name of a column of its own, which may hold dots
     * @return the column
     */
    public static Column column(Dataset<?> dataset, String name) {
        return dataset.col(InputColumn.quoted(name));
    }

    /**
     * How many floats a row has, or an element of it where rows differ in length.
     *
     * @return the product of the shape's sizes
     */
    public int width() {
        return column.width();
    }

    /**
     * How many elements a row has where rows differ in length.
     *
     * @param row a row of the schema
     * @return 0 or more; 0 of null
     */
    public int elements(Row row) {
        return column.elements(row);
    }

    /**
     * The vector of a row, if it is a sparse one of the right width.
     *
     * @param row a row of the schema
     * @return the vector, or null
     */
    public SparseVector sparse(Row row) {
        return column.sparse(row);
    }

    /**
     * Reads a row.
     *
     * @param row a row of the schema
     * @param block where its floats go
     * @param at where they begin
     * @return null, or what is wrong with the row: {@code expects vectors of 2, got null in column "features"}; the block
     *     may hold anything then
     */
    public String read(Row row, float[] block, int at) {
        InputColumn.Problem problem = column.read(row, block, at);
        return problem == null ? null : column.complaint(row, problem);
    }

    /**
     * What is wrong with a row that holds NaN or an infinite value, in the words of {@link #read}.
     *
     * @param row the row
     * @return the same as {@link #read} for such a row
     */
    public String notFinite(Row row) {
        return column.complaint(row, InputColumn.Problem.NOT_FINITE);
    }
}
