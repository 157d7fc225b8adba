package io.sparknn.examples;

import io.sparknn.examples.benchmarks.HeapBenchmark;
import io.sparknn.examples.benchmarks.ProfileBenchmark;
import io.sparknn.examples.benchmarks.ScoringBenchmark;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Measures on two cores: {@code examples/run Benchmarks}, or with the names of some rows, {@code examples/run Benchmarks
 * scoring}. What is printed is what was measured here and now.
 */
public final class Benchmarks {
    private static final List<String> ROWS = List.of("scoring", "heap", "profile");

    private Benchmarks() {}

    /**
     * Runs the benchmarks.
     *
     * @param arguments names of rows, or none for all
     * @throws IOException if the profile cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        List<String> rows = arguments.length == 0 ? ROWS : List.of(arguments);
        if (!ROWS.containsAll(rows)) {
            System.err.println("usage: examples/run Benchmarks [row ...], where rows are " + ROWS);
            System.exit(2);
        }
        try (SparkSession spark = SparkSession.builder()
                .appName("spark-nn benchmarks")
                .master("local[2]")
                .getOrCreate()) {
            System.out.printf(
                    "Spark %s on %s, Java %s, %d processors, %d MB of heap%n",
                    spark.version(),
                    spark.sparkContext().master(),
                    Runtime.version(),
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.getRuntime().maxMemory() >> 20);
            for (String row : rows) {
                System.out.println();
                switch (row) {
                    case "scoring" -> ScoringBenchmark.run(spark);
                    case "heap" -> HeapBenchmark.run(spark);
                    default -> ProfileBenchmark.run(spark);
                }
            }
        }
    }
}
