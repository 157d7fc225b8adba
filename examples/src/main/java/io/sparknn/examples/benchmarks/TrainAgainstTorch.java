package io.sparknn.examples.benchmarks;

import io.sparknn.nn.LazySequential;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** An epoch of training with one worker, and the same steps of PyTorch with one thread over rows of the same shape. */
final class TrainAgainstTorch extends Benchmark {
    private final String work;
    private final Supplier<LazySequential> network;
    private final int batch;
    private final int rows;
    private final Target target;

    private TrainAgainstTorch(String work, Supplier<LazySequential> network, int batch, int rows, Target target) {
        super("train-" + work);
        this.work = work;
        this.network = network;
        this.batch = batch;
        this.rows = rows;
        this.target = target;
    }

    static TrainAgainstTorch perceptron() {
        return new TrainAgainstTorch("mlp", () -> Networks.lazyPerceptron(Networks.HIDDEN), 128, 8192, Target.speed(1));
    }

    static TrainAgainstTorch convolutions() {
        return new TrainAgainstTorch("cnn", Networks::convolutions, 64, 2048, Target.speed(0.4));
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        String what = work.equals("mlp") ? "784-128-10" : "a small CNN";
        Comparison row = Comparison.of(
                name(),
                "train " + what + " on digits, batch " + batch + ", Adam, 1 worker",
                "PyTorch, one thread",
                target);
        Torch torch = setting.torch();
        if (torch.missing() != null) {
            return List.of(row.skipped(torch.missing()));
        }
        Dataset<Row> train = setting.train().limit(rows).cache();
        int count = (int) train.count();
        int epochs = work.equals("mlp") ? 6 : 2;
        Pairs pairs = Pairs.inTurns(
                2,
                9,
                35,
                () -> Networks.epochSeconds(Networks.trained(network.get(), epochs, batch, 1), train),
                () -> torch.seconds(work, count));
        train.unpersist();
        return List.of(row.measured(pairs, count));
    }
}
