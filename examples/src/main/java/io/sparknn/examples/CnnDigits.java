package io.sparknn.examples;

import static org.apache.spark.sql.functions.not;

import io.sparknn.ml.NeuralNetworkClassificationModel;
import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.LazyConv2d;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.MaxPool2d;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.optim.Adam;
import java.io.IOException;
import java.util.Locale;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a small convolutional network on digits: {@code examples/run CnnDigits --data FOLDER} takes MNIST's files; without
 * a folder it draws digits of its own.
 */
public final class CnnDigits {
    private static final int DRAWN = 4000;

    private CnnDigits() {}

    /**
     * Runs the example.
     *
     * @param arguments none, or {@code --data} and a folder with IDX files
     * @throws IOException if the session cannot be closed
     */
    public static void main(String[] arguments) throws IOException {
        String data = Arguments.of("CnnDigits", arguments, "data").get("data");
        try (SparkSession spark =
                SparkSession.builder().appName("spark-nn trains a CNN").getOrCreate()) {
            Dataset<Row> digits = (data == null ? Digits.draw(spark, DRAWN) : Digits.read(spark, data))
                    .withColumnRenamed("pixels", "features")
                    .cache();
            Column toTrain = Digits.toTrain(digits, digits.count());
            run(digits.where(toTrain), digits.where(not(toTrain)));
        }
    }

    /** Each column of 784 pixels becomes one image of 28 × 28; all other sizes follow from it, and the last from the label. */
    private static LazySequential network() {
        return new LazySequential(
                new Unflatten(1, 28, 28),
                new LazyConv2d(16, 5),
                new Relu(),
                new MaxPool2d(2),
                new LazyConv2d(32, 5),
                new Relu(),
                new MaxPool2d(2),
                new Flatten(),
                new LazyLinear(128),
                new Relu(),
                new LazyLinear());
    }

    private static void run(Dataset<Row> train, Dataset<Row> test) {
        NeuralNetworkClassificationModel model = new NeuralNetworkClassifier()
                .setNetwork(network())
                .setOptimizer(new Adam())
                .setLearningRate(1e-3)
                .setMaxEpochs(10)
                .setBatchSize(64)
                .setSeed(7)
                .setListener(Console.progress())
                .fit(train);
        System.out.println(model.summary());
        double accuracy = new MulticlassClassificationEvaluator()
                .setMetricName("accuracy")
                .evaluate(model.transform(test));
        System.out.printf(Locale.ROOT, "accuracy %.4f%n", accuracy);
    }
}
