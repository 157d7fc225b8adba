package io.sparknn.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;

import io.sparknn.ml.NeuralNetworkClassificationModel;
import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.LazyEmbedding;
import io.sparknn.nn.layers.LazyGru;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.optim.Adam;
import java.io.IOException;
import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.feature.CountVectorizerModel;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds spam among text messages of any length: {@code examples/run SpamText --data FILE} takes the SMS Spam Collection,
 * lines of label, tab and text; without a file it makes up messages.
 */
public final class SpamText {
    /** Words, single digits, so that a telephone number shows its length, and signs. */
    private static final String TOKEN = "[a-z']+|[0-9]|[^\\sa-z0-9]";

    private SpamText() {}

    /**
     * Runs the example.
     *
     * @param arguments none, or {@code --data} and the file
     * @throws IOException if the session cannot be closed
     */
    public static void main(String[] arguments) throws IOException {
        String data = Arguments.of("SpamText", arguments, "data").get("data");
        try (SparkSession spark =
                SparkSession.builder().appName("spark-nn finds spam").getOrCreate()) {
            run(data == null ? drawn(spark) : read(spark, data));
        }
    }

    private static Dataset<Row> read(SparkSession spark, String file) {
        return spark.read()
                .option("sep", "\t")
                .option("header", "true")
                .option("quote", "")
                .csv(file)
                .toDF("kind", "text");
    }

    /** Spam shouts and wants to be called; the rest is small talk. Both are of 1 to 40 words. */
    private static Dataset<Row> drawn(SparkSession spark) {
        String talk = "array('ok', 'see', 'you', 'at', 'home', 'later', 'call', 'me', 'what', 'is', 'up', '?')";
        String shout = "array('win', 'a', 'prize', '!', 'call', '0800', '123', 'now', 'free', 'text', 'you', 'me')";
        String words = "transform(sequence(1, 1 + pmod(hash(id), 40)), i -> element_at(%s, 1 + pmod(hash(id, i), 12)))";
        return spark.range(0, 2000, 1, 4)
                .withColumn("kind", expr("if(pmod(xxhash64(id), 5) = 0, 'spam', 'ham')"))
                .withColumn(
                        "text",
                        expr("array_join(if(kind = 'spam', " + String.format(Locale.ROOT, words, shout) + ", "
                                + String.format(Locale.ROOT, words, talk) + "), ' ')"))
                .drop("id");
    }

    private static void run(Dataset<Row> messages) {
        Dataset<Row>[] parts = messages.withColumn("label", expr("double(kind = 'spam')"))
                .cache()
                .randomSplit(new double[] {0.8, 0.2}, 7);
        PipelineModel words = new Pipeline()
                .setStages(new PipelineStage[] {
                    new RegexTokenizer()
                            .setInputCol("text")
                            .setOutputCol("words")
                            .setPattern(TOKEN)
                            .setGaps(false),
                    new CountVectorizer()
                            .setInputCol("words")
                            .setOutputCol("counts")
                            .setMinDF(2)
                })
                .fit(parts[0]);
        CountVectorizerModel vocabulary = (CountVectorizerModel) words.stages()[1];
        WordIds ids = new WordIds(vocabulary.vocabulary());
        Dataset<Row> train = ids.of(words.transform(parts[0]), "words").cache();
        Dataset<Row> test = ids.of(words.transform(parts[1]), "words").cache();
        Row lengths = train.agg(min(size(col("ids"))), max(size(col("ids")))).head();
        System.out.println(train.count() + " messages of " + lengths.get(0) + " to " + lengths.get(1)
                + " tokens to train, " + test.count() + " to test, " + vocabulary.vocabulary().length + " words");

        double mean =
                f1(new LazySequential(new LazyEmbedding(32), new MeanOfElements(), new LazyLinear()), train, test);
        System.out.printf(Locale.ROOT, "embedding and mean: F1 %.4f%n", mean);
        LazySequential recurrent =
                new LazySequential(new LazyEmbedding(32), new LazyGru(32), new Dropout(0.2), new LazyLinear());
        System.out.printf(Locale.ROOT, "F1 %.4f%n", f1(recurrent, train, test));
    }

    /** Trains, and tells how well spam among other messages is found. */
    private static double f1(LazySequential network, Dataset<Row> train, Dataset<Row> test) {
        NeuralNetworkClassificationModel model = new NeuralNetworkClassifier()
                .setNetwork(network)
                .setFeaturesCol("ids")
                .setOptimizer(new Adam())
                .setLearningRate(3e-3)
                .setMaxEpochs(10)
                .setBatchSize(64)
                .setClipNorm(1)
                .setSeed(7)
                .fit(train);
        System.out.println(model.summary());
        return new MulticlassClassificationEvaluator()
                .setMetricName("fMeasureByLabel")
                .setMetricLabel(1)
                .evaluate(model.transform(test));
    }
}
