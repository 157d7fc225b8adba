package io.sparknn.nn.plan;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What is computed of the rows of a partition. Equal tasks over equal plans give equal rows; its text stands in printed
 * plans.
 */
public interface RowTask extends Serializable {
    /**
     * Computes, a block ahead of what is asked for.
     *
     * @param rows of the partition; each may be the same object with other values
     * @param layout where the inputs are in them, and what the rows given are made of
     * @param metrics what the plan shows of the work
     * @return rows; each may be the same object with other values
     */
    Iterator<InternalRow> apply(Iterator<InternalRow> rows, RowLayout layout, RowMetrics metrics);
}
