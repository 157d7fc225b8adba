package io.sparknn.nn.plan;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics$;
import scala.collection.immutable.Map;

/** What Spark's pages show of the operator. */
final class RowMetrics implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SQLMetric rows;
    private final SQLMetric blocks;
    private final SQLMetric forward;

    RowMetrics(SparkContext context) {
        rows = SQLMetrics$.MODULE$.createMetric(context, "number of output rows");
        blocks = SQLMetrics$.MODULE$.createMetric(context, "number of blocks");
        forward = SQLMetrics$.MODULE$.createNanoTimingMetric(context, "time in forward", -1);
    }

    Map<String, SQLMetric> byName() {
        return new Map.Map3<>("numOutputRows", rows, "numBlocks", blocks, "forwardTime", forward);
    }

    void block(int size, long nanos) {
        rows.add(size);
        blocks.add(1);
        forward.add(nanos);
    }
}
