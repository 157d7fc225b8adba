package io.sparknn.examples.benchmarks;

import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.optim.Adam;
import io.sparknn.train.EpochRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Training 784-128-10 on digits: the time to 95 % accuracy beside MLlib's perceptron in the same session, rows a second of
 * one worker and of two, and what an epoch costs beyond its steps.
 */
public final class TrainingBenchmark {
    private static final double GOAL = 0.95;
    private static final int ROUNDS = 5;
    private static final int MAX_EPOCHS = 20;

    private TrainingBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param train digits with columns features and label, cached
     * @param test other digits
     */
    public static void run(Dataset<Row> train, Dataset<Row> test) {
        System.out.printf(
                Locale.ROOT,
                "Training 784-128-10 on %,d cached digits, tested on %,d; medians of %d rounds%n",
                train.count(),
                test.count(),
                ROUNDS);
        timeToGoal(train, test);
        System.out.println();
        workers(train);
        System.out.println();
        overhead(train.limit(100).cache());
    }

    private static void timeToGoal(Dataset<Row> train, Dataset<Row> test) {
        int epochs = 1;
        while (epochs < MAX_EPOCHS && accuracy(ours(epochs, 128, 0).fit(train), test) < GOAL) {
            epochs++;
        }
        Table table = new Table("fit", "accuracy", "s", "fastest", "slowest", "to ours");
        int enough = epochs;
        double own = add(
                table, "ours, " + epochs + " epochs", () -> ours(enough, 128, 0).fit(train), test, 0);
        for (int iterations : new int[] {20, 50, 100}) {
            MultilayerPerceptronClassifier mlpc = new MultilayerPerceptronClassifier()
                    .setLayers(new int[] {Networks.INPUTS, Networks.HIDDEN, Networks.OUTPUTS})
                    .setMaxIter(iterations)
                    .setSeed(7);
            String name = "MultilayerPerceptronClassifier, L-BFGS, " + iterations + " iterations";
            add(table, name, () -> mlpc.fit(train), test, own);
        }
        table.print();
    }

    private static double add(Table table, String name, Supplier<Model<?>> fit, Dataset<Row> test, double own) {
        double[] seconds = new double[ROUNDS];
        Model<?> model = null;
        for (int round = -1; round < ROUNDS; round++) {
            long began = System.nanoTime();
            model = fit.get();
            if (round >= 0) {
                seconds[round] = (System.nanoTime() - began) / 1e9;
            }
        }
        Arrays.sort(seconds);
        double median = seconds[ROUNDS / 2];
        table.add(
                name,
                number("%.4f", accuracy(model, test)),
                number("%.3f", median),
                number("%.3f", seconds[0]),
                number("%.3f", seconds[ROUNDS - 1]),
                own == 0 ? "" : number("%.1f", median / own));
        return median;
    }

    private static void workers(Dataset<Row> train) {
        Table table = new Table("workers", "batch", "rows/s", "slowest", "fastest", "to one worker");
        double one = 0;
        for (int[] setting : new int[][] {{1, 128}, {2, 128}, {2, 256}}) {
            ours(10, setting[1], setting[0]).fit(train);
            List<Double> rates = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                List<EpochRecord> epochs =
                        ours(20, setting[1], setting[0]).fit(train).summary().epochs();
                epochs.forEach(epoch -> rates.add(epoch.rowsPerSecond()));
            }
            rates.sort(null);
            double median = rates.get(rates.size() / 2);
            one = one == 0 ? median : one;
            table.add(
                    String.valueOf(setting[0]),
                    String.valueOf(setting[1]),
                    number("%,.0f", median),
                    number("%,.0f", rates.get(0)),
                    number("%,.0f", rates.get(rates.size() - 1)),
                    number("%.2f", median / one));
        }
        table.print();
    }

    /** What a fit takes before its first step and after its last, and an epoch of hardly any rows. */
    private static void overhead(Dataset<Row> few) {
        few.count();
        double[] around = new double[ROUNDS];
        double[] epoch = new double[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            long began = System.nanoTime();
            List<EpochRecord> epochs = ours(200, 100, 2).fit(few).summary().epochs();
            double wall = (System.nanoTime() - began) / 1e9;
            double within = epochs.stream().mapToDouble(EpochRecord::seconds).sum();
            if (round >= 0) {
                around[round] = wall - within;
                epoch[round] = within / epochs.size();
            }
        }
        Arrays.sort(around);
        Arrays.sort(epoch);
        System.out.printf(
                Locale.ROOT,
                "100 rows, one step an epoch, 2 workers: %.2f ms an epoch, %.0f ms a fit beside its epochs%n",
                1000 * epoch[ROUNDS / 2],
                1000 * around[ROUNDS / 2]);
    }

    private static NeuralNetworkClassifier ours(int epochs, int batch, int workers) {
        return new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(
                        new LazyLinear(Networks.HIDDEN), new Relu(), new LazyLinear(Networks.OUTPUTS)))
                .setOptimizer(new Adam())
                .setLearningRate(2e-3)
                .setMaxEpochs(epochs)
                .setBatchSize(batch)
                .setNumWorkers(workers)
                .setRestoreBest(false)
                .setSeed(7);
    }

    private static double accuracy(Model<?> model, Dataset<Row> test) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(model.transform(test));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
