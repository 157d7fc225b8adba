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
     * Computes the new columns of the rows kept.
     *
     * @param output takes them
     */
    void forward(RowOutput output);
}
