package io.sparknn.examples;

import static org.apache.spark.sql.functions.not;

import io.sparknn.ml.NeuralNetworkClassificationModel;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads digits with a model that {@link TrainDigits} saved: {@code examples/run ScoreDigits --model PATH} takes those it
 * was tested on.
 */
public final class ScoreDigits {
    private ScoreDigits() {}

    /**
     * Runs the example.
     *
     * @param arguments {@code --model} and its path; {@code --data} and the folder, if there was one in training
     * @throws IOException if the session cannot be closed
     */
    public static void main(String[] arguments) throws IOException {
        Arguments given = Arguments.of("ScoreDigits", arguments, "model", "data");
        String path = given.require("model");
        try (SparkSession spark =
                SparkSession.builder().appName("spark-nn reads digits").getOrCreate()) {
            Dataset<Row> digits = Digits.of(spark, given.get("data")).cache();
            Dataset<Row> test = digits.where(not(Digits.toTrain(digits, digits.count())));
            TrainDigits.printAccuracy(
                    NeuralNetworkClassificationModel.load(path).transform(test));
        }
    }
}
