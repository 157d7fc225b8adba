package io.sparknn.nn.plan;

import java.util.Iterator;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.InternalRow;

/** A task at work on the rows of a partition, a block at a time. */
public interface RowStep {
    /**
     * Reads the next block.
     *
     * @param rows each may be the same object with other values
     * @param kept takes each row that is to be in the output, and tells whether there is room for another
     * @return false if there are no more rows; otherwise at least one was kept
     */
    boolean read(Iterator<InternalRow> rows, Predicate<InternalRow> kept);

    /**
     * Takes the next block, of its only input, from the task before instead of reading it.
     *
     * @param values vectors of one width, row after row; they may change after this
     * @param width how many each row has
     * @param rows how many rows
     * @return false if it does not take these; then they are to be read
     */
    boolean take(float[] values, int width, int rows);

    /**
     * Computes the new columns of the rows kept.
     *
     * @param output takes them
     */
    void forward(RowOutput output);
}
