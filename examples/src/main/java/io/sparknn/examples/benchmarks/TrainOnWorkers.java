package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An epoch with two workers and with one. Each worker computes as many rows of a step either way, so two workers take half
 * the steps; then with the same batch for both. What is measured here feeds {@link ScalingModel}.
 */
final class TrainOnWorkers extends Benchmark {
    private static final int EPOCHS = 8;
    private static final double EFFICIENCY = 0.9;

    TrainOnWorkers() {
        super("workers");
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        Dataset<Row> train = setting.train();
        int rows = (int) train.count();
        Comparison weak = Comparison.of(
                name(),
                "train 784-128-10 with 2 workers, 128 rows each a step",
                "1 worker",
                Target.speed(2 * EFFICIENCY));
        Comparison strong = Comparison.of(
                name() + "/same-batch",
                "train 784-128-10 with 2 workers, 128 rows a step together",
                "1 worker",
                Target.speed(2 * EFFICIENCY));
        Pairs large = measure(train, 256);
        Pairs small = measure(train, 128);
        double wide = step(train, rows, 256);
        double narrow = step(train, rows, 64);
        ScalingModel model = ScalingModel.measured(narrow, 64, wide, 256);
        model.print();
        return List.of(weak.measured(large, rows).noted(model.summary()), strong.measured(small, rows));
    }

    private static Pairs measure(Dataset<Row> train, int batch) throws IOException {
        return Pairs.inTurns(2, 7, 15, () -> epoch(train, batch, 2), () -> epoch(train, 128, 1));
    }

    /** The seconds of one step of one worker. */
    private static double step(Dataset<Row> train, int rows, int batch) {
        double[] seconds = new double[5];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = epoch(train, batch, 1) * batch / rows;
        }
        return Spread.of(seconds).median();
    }

    private static double epoch(Dataset<Row> train, int batch, int workers) {
        return Networks.epochSeconds(
                Networks.trained(Networks.lazyPerceptron(Networks.HIDDEN), EPOCHS, batch, workers), train);
    }
}
