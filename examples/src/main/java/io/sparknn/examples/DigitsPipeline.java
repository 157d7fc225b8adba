package io.sparknn.examples;

import static org.apache.spark.sql.functions.not;

import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads digits: random features by a lazy chain, MLlib's logistic regression upon them, and cross-validation of how many
 * features there should be. {@code examples/run DigitsPipeline --data FOLDER} takes MNIST's files; without a folder it
 * draws digits of its own.
 */
public final class DigitsPipeline {
    private static final int DRAWN = 2000;

    private DigitsPipeline() {}

    /**
     * Runs the example.
     *
     * @param arguments none, or {@code --data} and a folder with IDX files
     * @throws IOException if the session cannot be closed
     */
    public static void main(String[] arguments) throws IOException {
        String data = Arguments.of("DigitsPipeline", arguments, "data").get("data");
        try (SparkSession spark =
                SparkSession.builder().appName("spark-nn digits").getOrCreate()) {
            run(data == null ? Digits.draw(spark, DRAWN) : Digits.read(spark, data));
        }
    }

    private static void run(Dataset<Row> digits) {
        digits.cache();
        long count = digits.count();
        if (count == 0) {
            throw new IllegalArgumentException("there are no digits; give a folder with files such as"
                    + " t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte");
        }
        Column toTrain = Digits.toTrain(digits, count);
        Dataset<Row> train = digits.where(toTrain);
        Dataset<Row> test = digits.where(not(toTrain));
        System.out.println(count + " digits on " + digits.javaRDD().getNumPartitions() + " partitions, " + train.count()
                + " to train, " + test.count() + " to test");
        MulticlassClassificationEvaluator accuracy = new MulticlassClassificationEvaluator().setMetricName("accuracy");
        PipelineModel best = fit(train, accuracy);
        System.out.printf(Locale.ROOT, "accuracy %.4f%n", accuracy.evaluate(best.transform(test)));
    }

    private static PipelineModel fit(Dataset<Row> train, MulticlassClassificationEvaluator accuracy) {
        // Not to be trained: the features are random, and stay so.
        LazySequential features = new LazySequential(new LazyLinear(512), new Relu())
                .setInputCol("pixels")
                .setOutputCol("features")
                .setTrainable(false)
                .setSeed(7);
        LogisticRegression classifier = new LogisticRegression().setMaxIter(30).setRegParam(1e-3);
        IntParam size = features.setting("0.outFeatures");
        CrossValidatorModel model = new CrossValidator()
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {features, classifier}))
                .setEstimatorParamMaps(new ParamGridBuilder()
                        .addGrid(size, new int[] {256, 512})
                        .build())
                .setEvaluator(accuracy)
                .setNumFolds(2)
                .setSeed(7)
                .fit(train);
        System.out.println(
                "cross-validated accuracy with 256 and 512 random features: " + Arrays.toString(model.avgMetrics()));
        PipelineModel best = (PipelineModel) model.bestModel();
        System.out.println("the better one: " + best.stages()[0]);
        return best;
    }
}
