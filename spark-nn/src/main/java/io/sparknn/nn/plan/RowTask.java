package io.sparknn.nn.plan;

import java.io.Serializable;
import org.apache.spark.sql.types.DataType;

/** What is computed of rows. Its text stands in printed plans. */
public interface RowTask extends Serializable {
    /**
     * Starts on a partition.
     *
     * @param ordinals where the inputs are in its rows
     * @param types of the inputs
     * @return what computes block after block
     */
    RowStep start(int[] ordinals, DataType... types);
}
