package io.sparknn.examples;

import io.sparknn.examples.benchmarks.HeapBenchmark;
import io.sparknn.examples.benchmarks.ProfileBenchmark;
import io.sparknn.examples.benchmarks.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Measures on two cores, beside what users have: {@code examples/run Benchmarks}, or with the names of some rows, {@code
 * examples/run Benchmarks score-mlpc products}. {@code --data FOLDER} names MNIST's files, which are trained on instead of
 * made-up digits; {@code --python COMMAND} a Python that has PyTorch, without which its rows are skipped; {@code --json
 * FILE} and {@code --svg FILE} take the figures and a chart, {@code --readme FILE} puts them into a README; {@code --from
 * FILE} takes figures from a JSON file instead of measuring. What is printed is what was measured here and now.
 *
 * <p>{@code heap} and {@code profile} have no targets and run only when named: the heap in use while a million rows are
 * scored, and where the time of scoring goes.
 */
public final class Benchmarks {
    private static final List<String> TOOLS = List.of("heap", "profile");

    private Benchmarks() {}

    /**
     * Runs the benchmarks.
     *
     * @param arguments names of rows, or none for all, then options
     * @throws IOException if a file cannot be written, or a process cannot be run
     */
    public static void main(String[] arguments) throws IOException {
        List<String> names = new ArrayList<>(Arrays.stream(arguments)
                .takeWhile(argument -> !argument.startsWith("--"))
                .toList());
        String[] rest = Arrays.copyOfRange(arguments, names.size(), arguments.length);
        Map<String, String> options = Arguments.of(
                        "Benchmarks [row ...]", rest, "data", "python", "json", "svg", "readme", "from")
                .all();
        if (options.containsKey("from")) {
            Suite.show(options.get("from"), options);
            return;
        }
        List<String> known = new ArrayList<>(Suite.names());
        known.addAll(TOOLS);
        if (!known.containsAll(names)) {
            System.err.println("the rows are " + String.join(" ", known));
            System.exit(2);
        }
        try (SparkSession spark = SparkSession.builder()
                .appName("spark-nn benchmarks")
                .master("local[2]")
                .getOrCreate()) {
            run(spark, names.isEmpty() ? Suite.names() : names, options);
        }
    }

    private static void run(SparkSession spark, List<String> names, Map<String, String> options) throws IOException {
        if (names.contains("heap")) {
            HeapBenchmark.run(spark);
        }
        if (names.contains("profile")) {
            ProfileBenchmark.run(spark);
        }
        List<String> rows = names.stream().filter(Suite.names()::contains).toList();
        if (!rows.isEmpty()) {
            Suite.run(spark, rows, options);
        }
    }
}
