package io.sparknn.examples;

import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.optim.Adam;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tells who earns more than 50,000 dollars: {@code examples/run TrainAdult --data FILE} takes the Adult census data;
 * without a file it makes up rows of the same columns.
 */
public final class TrainAdult {
    private TrainAdult() {}

    /**
     * Runs the example.
     *
     * @param arguments none, or {@code --data} and the file
     * @throws IOException if the session cannot be closed
     */
    public static void main(String[] arguments) throws IOException {
        String data = Arguments.of("TrainAdult", arguments, "data").get("data");
        try (SparkSession spark =
                SparkSession.builder().appName("spark-nn trains adult").getOrCreate()) {
            run((data == null ? Adult.drawn(spark) : Adult.read(spark, data)).cache());
        }
    }

    private static void run(Dataset<Row> people) {
        Dataset<Row>[] parts = people.randomSplit(new double[] {0.8, 0.2}, 7);
        NeuralNetworkClassifier classifier = new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear(64), new Relu(), new Dropout(0.2), new LazyLinear()))
                .setOptimizer(new Adam())
                .setLearningRate(1e-3)
                .setMaxEpochs(8)
                .setBatchSize(256)
                .setSeed(7);
        BinaryClassificationEvaluator auc = new BinaryClassificationEvaluator();
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.learningRate(), new double[] {1e-3, 3e-3})
                .build();
        TrainValidationSplitModel model = new TrainValidationSplit()
                .setEstimator(pipeline(classifier))
                .setEstimatorParamMaps(grid)
                .setEvaluator(auc)
                .setTrainRatio(0.8)
                .setSeed(7)
                .fit(parts[0]);
        System.out.println("validation AUC of the learning rates: " + Arrays.toString(model.validationMetrics()));
        System.out.printf(Locale.ROOT, "AUC %.4f%n", auc.evaluate(model.transform(parts[1])));
    }

    private static Pipeline pipeline(NeuralNetworkClassifier classifier) {
        String[] indexed = Adult.suffixed("Index", Adult.CATEGORIES);
        String[] encoded = Adult.suffixed("OneHot", Adult.CATEGORIES);
        String[] assembled = Arrays.copyOf(Adult.NUMBERS, Adult.NUMBERS.length + encoded.length);
        System.arraycopy(encoded, 0, assembled, Adult.NUMBERS.length, encoded.length);
        return new Pipeline().setStages(new PipelineStage[] {
            new StringIndexer().setInputCol("income").setOutputCol("label"),
            new StringIndexer()
                    .setInputCols(Adult.CATEGORIES)
                    .setOutputCols(indexed)
                    .setHandleInvalid("keep"),
            new OneHotEncoder().setInputCols(indexed).setOutputCols(encoded),
            new VectorAssembler().setInputCols(assembled).setOutputCol("raw"),
            // Not centred: most of the row is zeros, which stay so.
            new StandardScaler().setInputCol("raw").setOutputCol("features"),
            classifier
        });
    }
}
