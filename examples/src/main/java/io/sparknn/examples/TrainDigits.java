package io.sparknn.examples;

import static org.apache.spark.sql.functions.not;

import io.sparknn.ml.NeuralNetworkClassificationModel;
import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.optim.Adam;
import java.io.IOException;
import java.util.Locale;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a network on digits: {@code examples/run TrainDigits --data FOLDER} takes MNIST's files; without a folder it draws
 * digits of its own. With {@code --save PATH} the model goes where {@link ScoreDigits} finds it.
 */
public final class TrainDigits {
    private static final int EPOCHS = 10;

    private TrainDigits() {}

    /**
     * Runs the example.
     *
     * @param arguments none, or {@code --data} and a folder with IDX files, {@code --epochs} and how many,
     *     {@code --save} and where to
     * @throws IOException if the model cannot be saved, or the session not be closed
     */
    public static void main(String[] arguments) throws IOException {
        Arguments given = Arguments.of("TrainDigits", arguments, "data", "epochs", "save");
        try (SparkSession spark =
                SparkSession.builder().appName("spark-nn trains digits").getOrCreate()) {
            Dataset<Row> digits = Digits.of(spark, given.get("data")).cache();
            Column toTrain = Digits.toTrain(digits, digits.count());
            NeuralNetworkClassificationModel model = train(digits.where(toTrain), given.number("epochs", EPOCHS));
            if (given.get("save") != null) {
                model.write().overwrite().save(given.get("save"));
            }
            printAccuracy(model.transform(digits.where(not(toTrain))));
        }
    }

    private static NeuralNetworkClassificationModel train(Dataset<Row> digits, int epochs) {
        NeuralNetworkClassificationModel model = new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear(128), new Relu(), new LazyLinear()))
                .setOptimizer(new Adam())
                .setLearningRate(2e-3)
                .setMaxEpochs(epochs)
                .setBatchSize(128)
                .setSeed(7)
                .setListener(Console.progress())
                .fit(digits);
        System.out.println(model.summary());
        return model;
    }

    static void printAccuracy(Dataset<Row> scored) {
        double accuracy = new MulticlassClassificationEvaluator()
                .setMetricName("accuracy")
                .evaluate(scored);
        System.out.printf(Locale.ROOT, "accuracy %.4f%n", accuracy);
    }
}
