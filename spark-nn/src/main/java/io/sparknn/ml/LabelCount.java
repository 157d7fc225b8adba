package io.sparknn.ml;

import io.sparknn.nn.Interruption;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Counts the rows of each label in a partition: rows of a label (a double, or null) and how many rows each stands for (an
 * int). Stops where there are more labels than there may be.
 */
final class LabelCount implements FlatMapFunction<Iterator<Row>, Map<Double, Long>> {
    private static final long serialVersionUID = 1L;

    /** Labels below this are counted without a map. */
    private static final int FEW = 256;

    private final int most;

    LabelCount(int most) {
        this.most = most;
    }

    @Override
    public Iterator<Map<Double, Long>> call(Iterator<Row> rows) {
        long[] few = new long[FEW];
        boolean[] seen = new boolean[FEW];
        Map<Double, Long> counts = new HashMap<>();
        long read = 0;
        while (rows.hasNext() && counts.size() <= most + 2) { // null and NaN are none of them
            Interruption.check(read++);
            Row row = rows.next();
            int stands = row.getInt(1);
            double label = row.isNullAt(0) ? Double.NaN : row.getDouble(0);
            int small = label >= 0 && label < FEW ? (int) label : -1;
            if (small >= 0 && small == label) {
                few[small] += stands;
                seen[small] = true;
            } else {
                counts.merge(row.isNullAt(0) ? null : (Double) label, (long) stands, Long::sum);
            }
        }
        for (int label = 0; label < FEW; label++) {
            if (seen[label]) {
                counts.put((double) label, few[label]);
            }
        }
        return List.of(counts).iterator();
    }
}
