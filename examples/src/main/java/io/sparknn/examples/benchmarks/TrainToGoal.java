package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;

/**
 * The seconds of a fit that reads digits it has not seen with 95 % accuracy, ours and MLlib's perceptron's. Both get as few
 * epochs or iterations as do; where MLlib's does not get there, its longest fit counts, and the ratio is a lower bound.
 */
final class TrainToGoal extends Benchmark {
    private static final double GOAL = 0.95;
    private static final int MAX_EPOCHS = 20;
    private static final int[] ITERATIONS = {50, 100, 150};

    TrainToGoal() {
        super("digits-95");
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        int epochs = 1;
        while (epochs < MAX_EPOCHS && accuracy(ours(setting, epochs), setting) < GOAL) {
            epochs++;
        }
        int tried = 0;
        double accuracy = 0;
        while (tried < ITERATIONS.length && accuracy < GOAL) {
            accuracy = accuracy(theirs(setting, ITERATIONS[tried++]), setting);
        }
        int enough = epochs;
        int iterations = ITERATIONS[tried - 1];
        Pairs pairs = Pairs.inTurns(
                0, 3, 0, Pairs.timed(() -> ours(setting, enough)), Pairs.timed(() -> theirs(setting, iterations)));
        String note = String.format(
                Locale.ROOT,
                "%d epochs of ours, %d iterations of MLlib's, which read %.2f %%%s",
                epochs,
                iterations,
                100 * accuracy,
                accuracy < GOAL ? ": a lower bound" : "");
        return List.of(Comparison.of(
                        name(),
                        "train 784-128-10 to 95 % on digits",
                        "MLlib's MultilayerPerceptronClassifier",
                        Target.speed(20))
                .measured(pairs, 1)
                .noted(note));
    }

    private static Model<?> ours(Setting setting, int epochs) {
        return Networks.trained(Networks.lazyPerceptron(Networks.HIDDEN), epochs, 128, 0)
                .fit(setting.train());
    }

    private static Model<?> theirs(Setting setting, int iterations) {
        return new MultilayerPerceptronClassifier()
                .setLayers(new int[] {Networks.INPUTS, Networks.HIDDEN, Networks.OUTPUTS})
                .setMaxIter(iterations)
                .setSeed(7)
                .fit(setting.train());
    }

    private static double accuracy(Model<?> model, Setting setting) {
        return new MulticlassClassificationEvaluator()
                .setMetricName("accuracy")
                .evaluate(model.transform(setting.test()));
    }
}
