package io.sparknn.nn.plan;

/** Takes the new columns of a block's rows. Those of rows that are given none are null. */
public interface RowOutput {
    /**
     * Writes a row's new columns.
     *
     * @param place of the row in the block
     * @param values dense vectors or numbers in double
     */
    void write(int place, Object... values);

    /**
     * Writes a row's only new column, a vector.
     *
     * @param place of the row in the block
     * @param values has the vector's
     * @param from where they begin
     * @param width how many there are
     */
    void write(int place, float[] values, int from, int width);

    /**
     * Writes the only new column of all rows of a block, a vector each.
     *
     * @param values has the vectors, row after row
     * @param width how many numbers each has
     * @param rows how many rows
     */
    void writeAll(float[] values, int width, int rows);
}
