package io.sparknn.examples;

import static org.apache.spark.sql.functions.not;

import io.sparknn.examples.benchmarks.HeapBenchmark;
import io.sparknn.examples.benchmarks.ProfileBenchmark;
import io.sparknn.examples.benchmarks.ScoringBenchmark;
import io.sparknn.examples.benchmarks.TrainingBenchmark;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Measures on two cores: {@code examples/run Benchmarks}, or with the names of some rows, {@code examples/run Benchmarks
 * scoring}; {@code --data FOLDER} at the end names MNIST's files, which are trained on instead of made-up digits. What is
 * printed is what was measured here and now.
 */
public final class Benchmarks {
    private static final List<String> ROWS = List.of("scoring", "training", "heap", "profile");

    private Benchmarks() {}

    /**
     * Runs the benchmarks.
     *
     * @param arguments names of rows, or none for all
     * @throws IOException if the profile cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        int data = List.of(arguments).indexOf("--data");
        String folder = data >= 0 && data == arguments.length - 2 ? arguments[data + 1] : null;
        List<String> named = List.of(arguments).subList(0, folder == null ? arguments.length : data);
        List<String> rows = named.isEmpty() ? ROWS : named;
        if (!ROWS.containsAll(rows)) {
            System.err.println("usage: examples/run Benchmarks [row ...] [--data FOLDER], where rows are " + ROWS);
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
                    case "training" -> train(folder == null ? Digits.draw(spark, 10_000) : Digits.read(spark, folder));
                    case "heap" -> HeapBenchmark.run(spark);
                    default -> ProfileBenchmark.run(spark);
                }
            }
        }
    }

    private static void train(Dataset<Row> digits) {
        Dataset<Row> rows = digits.withColumnRenamed("pixels", "features").cache();
        Column toTrain = Digits.toTrain(rows, rows.count());
        Dataset<Row> train = rows.where(toTrain).select("features", "label").cache();
        Dataset<Row> test = rows.where(not(toTrain)).select("features", "label").cache();
        TrainingBenchmark.run(train, test);
    }
}
