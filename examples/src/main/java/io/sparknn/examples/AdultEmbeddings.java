package io.sparknn.examples;

import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.LazyConcat;
import io.sparknn.nn.layers.LazyEmbedding;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.optim.Adam;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tells who earns more than 50,000 dollars, with an embedding for each category beside the numbers: nine columns feed one
 * network. {@code examples/run AdultEmbeddings --data FILE} takes the Adult census data; without a file it makes up rows of
 * the same columns.
 */
public final class AdultEmbeddings {
    private AdultEmbeddings() {}

    /**
     * Runs the example.
     *
     * @param arguments none, or {@code --data} and the file
     * @throws IOException if the session cannot be closed
     */
    public static void main(String[] arguments) throws IOException {
        String data = Arguments.of("AdultEmbeddings", arguments, "data").get("data");
        try (SparkSession spark =
                SparkSession.builder().appName("spark-nn embeds adult").getOrCreate()) {
            run((data == null ? Adult.drawn(spark) : Adult.read(spark, data)).cache());
        }
    }

    private static void run(Dataset<Row> people) {
        Dataset<Row>[] parts = people.randomSplit(new double[] {0.8, 0.2}, 7);
        String[] ids = Adult.suffixed("Index", Adult.CATEGORIES);
        PipelineModel model = new Pipeline()
                .setStages(new PipelineStage[] {
                    new StringIndexer().setInputCol("income").setOutputCol("label"),
                    new StringIndexer()
                            .setInputCols(Adult.CATEGORIES)
                            .setOutputCols(ids)
                            .setHandleInvalid("keep"),
                    new VectorAssembler().setInputCols(Adult.NUMBERS).setOutputCol("raw"),
                    new StandardScaler()
                            .setInputCol("raw")
                            .setOutputCol("numbers")
                            .setWithMean(true),
                    classifier(ids)
                })
                .fit(parts[0]);
        double auc = new BinaryClassificationEvaluator().evaluate(model.transform(parts[1]));
        System.out.printf(Locale.ROOT, "AUC %.4f%n", auc);
    }

    /** The i-th column goes to the i-th module of the LazyConcat; how many categories there are, its metadata tell. */
    private static NeuralNetworkClassifier classifier(String... ids) {
        Module[] readers = new Module[ids.length + 1];
        readers[0] = new LazyLinear(32);
        Arrays.setAll(readers, i -> i == 0 ? readers[0] : new LazyEmbedding(8));
        String[] columns = new String[readers.length];
        Arrays.setAll(columns, i -> i == 0 ? "numbers" : ids[i - 1]);
        return new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(
                        new LazyConcat(readers),
                        new Relu(),
                        new Dropout(0.2),
                        new LazyLinear(64),
                        new Relu(),
                        new LazyLinear()))
                .setFeaturesCols(columns)
                .setOptimizer(new Adam())
                .setLearningRate(1e-3)
                .setMaxEpochs(8)
                .setBatchSize(256)
                .setSeed(7);
    }
}
