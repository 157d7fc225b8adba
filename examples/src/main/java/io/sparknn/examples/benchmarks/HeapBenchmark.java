package io.sparknn.examples.benchmarks;

import io.sparknn.examples.Rows;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The heap that is in use while one partition of a million rows is scored: flat if rows stream through, growing if
 * anything keeps them.
 */
public final class HeapBenchmark {
    private static final int ROWS = 1_000_000;
    private static final int STEP = 100_000;

    /** Bytes in use after so many rows. Static, because the task runs in this JVM, and only here. */
    private static final ConcurrentSkipListMap<Long, Long> USED = new ConcurrentSkipListMap<>();

    private HeapBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param spark the session, with a local master
     */
    public static void run(SparkSession spark) {
        Dataset<Row> scored = Networks.perceptron().transform(Rows.random(spark, ROWS, Networks.INPUTS, 1));
        long before = used();
        long count =
                scored.select("id").mapPartitions(new Watch(), Encoders.LONG()).first();
        System.out.printf(
                Locale.ROOT, "Scoring one partition of %,d rows of %d: heap in use%n", count, Networks.INPUTS);
        Table table = new Table("rows scored", "MB after a collection");
        table.add("0", megabytes(before));
        USED.forEach((rows, bytes) -> table.add(String.format(Locale.ROOT, "%,d", rows), megabytes(bytes)));
        table.print();
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
    }

    private static long used() {
        System.gc(); // what is left then is held by somebody
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Counts the rows of a partition, and looks at the heap now and then. */
    private static final class Watch implements MapPartitionsFunction<Row, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Long> call(Iterator<Row> rows) {
            long count = 0;
            while (rows.hasNext()) {
                rows.next();
                count++;
                if (count % STEP == 0) {
                    USED.put(count, used());
                }
            }
            return List.of(count).iterator();
        }
    }
}
