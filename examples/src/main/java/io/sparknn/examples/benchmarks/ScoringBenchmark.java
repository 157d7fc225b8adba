package io.sparknn.examples.benchmarks;

import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import io.sparknn.examples.Rows;
import io.sparknn.nn.Sequential;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows scored in a second by a chain of layers and by MLlib's perceptron of the same sizes, over the same cached rows, in
 * turns.
 */
public final class ScoringBenchmark {
    private static final int ROWS = 80_000;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;

    private ScoringBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param spark the session
     */
    public static void run(SparkSession spark) {
        Dataset<Row> rows =
                Rows.random(spark, ROWS, Networks.INPUTS, 8).select("features").cache();
        System.out.println("MLlib's BLAS: " + blas());
        System.out.printf(
                Locale.ROOT,
                "Scoring %,d cached rows of %d, medians of %d rounds in turns; CPU is that of all tasks together%n",
                rows.count(),
                Networks.INPUTS,
                ROUNDS);
        TaskTime tasks = new TaskTime(spark.sparkContext());
        print(measure(rows, contenders(rows), tasks));
        rows.unpersist();
    }

    private static Map<String, Function<Dataset<Row>, Dataset<Row>>> contenders(Dataset<Row> rows) {
        Sequential network = Networks.perceptron();
        MultilayerPerceptronClassificationModel whole = perceptron(rows);
        MultilayerPerceptronClassificationModel raw = whole.copy(ParamMap.empty());
        raw.setProbabilityCol("").setPredictionCol("");
        Map<String, Function<Dataset<Row>, Dataset<Row>>> contenders = new LinkedHashMap<>();
        contenders.put("reading the rows alone", data -> data);
        contenders.put("Sequential(Linear(784, 128), Relu(), Linear(128, 10))", network::transform);
        contenders.put("MultilayerPerceptronClassificationModel, rawPrediction alone", raw::transform);
        contenders.put("MultilayerPerceptronClassificationModel, its three columns", whole::transform);
        return contenders;
    }

    /** What MLlib finds: a native library, Java's vector registers, or plain Java. */
    private static String blas() {
        try {
            return NativeBLAS.getInstance().getClass().getSimpleName() + ", OPENBLAS_NUM_THREADS="
                    + System.getenv("OPENBLAS_NUM_THREADS");
        } catch (RuntimeException e) {
            return JavaBLAS.getInstance().getClass().getSimpleName() + "; no native library";
        }
    }

    /** MLlib makes such a model by training only; one step on a few rows will do. */
    private static MultilayerPerceptronClassificationModel perceptron(Dataset<Row> rows) {
        return new MultilayerPerceptronClassifier()
                .setLayers(new int[] {Networks.INPUTS, Networks.HIDDEN, Networks.OUTPUTS})
                .setMaxIter(1)
                .setSeed(7)
                .fit(rows.limit(100).selectExpr("features", "pmod(hash(features), 10) as label"));
    }

    private static Map<String, double[][]> measure(
            Dataset<Row> rows, Map<String, Function<Dataset<Row>, Dataset<Row>>> contenders, TaskTime tasks) {
        Map<String, double[][]> seconds = new LinkedHashMap<>();
        contenders.keySet().forEach(name -> seconds.put(name, new double[2][ROUNDS]));
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (Map.Entry<String, Function<Dataset<Row>, Dataset<Row>>> contender : contenders.entrySet()) {
                tasks.reset();
                long start = System.nanoTime();
                consume(contender.getValue().apply(rows));
                double taken = (System.nanoTime() - start) / 1e9;
                if (round >= 0) {
                    seconds.get(contender.getKey())[0][round] = taken;
                    seconds.get(contender.getKey())[1][round] = tasks.cpuSeconds();
                }
            }
        }
        return seconds;
    }

    /** Has all columns computed, and thrown away. */
    static void consume(Dataset<Row> data) {
        data.write().format("noop").mode("overwrite").save();
    }

    private static void print(Map<String, double[][]> seconds) {
        Table table = new Table("", "s", "fastest", "slowest", "rows/s", "to ours", "CPU s", "to ours");
        double[] ours = null;
        for (Map.Entry<String, double[][]> entry : seconds.entrySet()) {
            double[] sorted = sorted(entry.getValue()[0]);
            double median = sorted[ROUNDS / 2];
            double cpu = sorted(entry.getValue()[1])[ROUNDS / 2];
            ours = entry.getKey().startsWith("Sequential") ? new double[] {median, cpu} : ours;
            table.add(
                    entry.getKey(),
                    number("%.3f", median),
                    number("%.3f", sorted[0]),
                    number("%.3f", sorted[ROUNDS - 1]),
                    number("%,.0f", ROWS / median),
                    ours == null ? "" : number("%.1f", median / ours[0]),
                    number("%.3f", cpu),
                    ours == null ? "" : number("%.1f", cpu / ours[1]));
        }
        table.print();
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
