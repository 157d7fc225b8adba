package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.SharedSpark;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.layers.LazyConcat;
import io.sparknn.nn.layers.LazyEmbedding;
import io.sparknn.nn.layers.LazyEmbeddingBag;
import io.sparknn.nn.layers.LazyGru;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.optim.Adam;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks are trained on sequences of any length and on several columns of different kinds. */
final class SequenceFitTest {
    private static final int WORDS = 12;
    private static final StructType SCHEMA = new StructType()
            .add("words", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("series", DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.DoubleType)))
            .add("job", "string")
            .add("numbers", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("label", "double")
            .add("isValidation", "boolean");

    /** Whether word 3 comes before word 5: the order counts, and not the words alone. Every eighth row has no words. */
    private static Dataset<Row> rows(int count) {
        Random random = new Random(7);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Integer> words = new ArrayList<>();
            int length = i % 8 == 0 ? 0 : 2 + random.nextInt(9);
            for (int k = 0; k < length; k++) {
                words.add(6 + random.nextInt(WORDS - 6));
            }
            double label = 0;
            if (length > 0) {
                boolean isFirst = random.nextBoolean();
                int early = random.nextInt(length - 1);
                int late = early + 1 + random.nextInt(length - early - 1);
                words.set(early, isFirst ? 3 : 5);
                words.set(late, isFirst ? 5 : 3);
                label = isFirst ? 1 : 0;
            }
            List<List<Double>> series = words.stream()
                    .map(word -> List.of(word / 10.0, word == 3 ? 1.0 : word == 5 ? -1.0 : 0.0))
                    .toList();
            rows.add(RowFactory.create(
                    words.toArray(),
                    series.stream().map(List::toArray).toArray(),
                    label == 1 ? "clerk" : "cook",
                    new Double[] {random.nextDouble(), 1.0},
                    label,
                    i % 5 == 4));
        }
        return SharedSpark.session()
                .createDataFrame(rows, SCHEMA)
                .repartition(3)
                .cache();
    }

    private static NeuralNetworkClassifier classifier(Module network, int workers) {
        return new NeuralNetworkClassifier()
                .setNetwork(network)
                .setOptimizer(new Adam())
                .setLearningRate(0.01)
                .setBatchSize(32)
                .setNumWorkers(workers)
                .setSeed(5);
    }

    private static LazySequential recurrent() {
        return new LazySequential(new LazyEmbedding(8), new LazyGru(16), new LazyLinear());
    }

    private static double accuracy(NeuralNetworkClassificationModel model, Dataset<Row> rows) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(model.transform(rows));
    }

    @Test
    void sentencesOfAnyLengthAreLearnt(@TempDir Path directory) throws Exception {
        Dataset<Row> rows = rows(600);
        NeuralNetworkClassificationModel model = classifier(recurrent(), 2)
                .setFeaturesCol("words")
                .setMaxEpochs(25)
                .setValidationIndicatorCol("isValidation")
                .fit(rows);
        assertThat(accuracy(model, rows)).isGreaterThan(0.97);
        assertThat(model.network().parameter("0.weight").shape().dim(0)).isEqualTo(WORDS);

        model.write().overwrite().save(directory.toString());
        NeuralNetworkClassificationModel loaded = NeuralNetworkClassificationModel.load(directory.toString());
        assertThat(loaded.transform(rows).select("probability").collectAsList())
                .isEqualTo(model.transform(rows).select("probability").collectAsList());
    }

    @Test
    void twoWorkersAreOne() {
        Dataset<Row> rows = rows(200);
        List<Row> one = probabilities(classifier(recurrent(), 1), rows);
        List<Row> two = probabilities(classifier(recurrent(), 2), rows);
        for (int i = 0; i < one.size(); i++) {
            org.apache.spark.ml.linalg.Vector a = one.get(i).getAs(0);
            org.apache.spark.ml.linalg.Vector b = two.get(i).getAs(0);
            assertThat(b.apply(1)).isCloseTo(a.apply(1), within(1e-4));
        }
    }

    private static List<Row> probabilities(NeuralNetworkClassifier classifier, Dataset<Row> rows) {
        return classifier
                .setFeaturesCol("words")
                .setMaxEpochs(3)
                .fit(rows)
                .transform(rows)
                .select("probability")
                .collectAsList();
    }

    @Test
    void seriesOfAnyLengthAreLearnt() {
        Dataset<Row> rows = rows(600);
        NeuralNetworkClassificationModel model = classifier(new LazySequential(new LazyGru(16), new LazyLinear()), 2)
                .setFeaturesCol("series")
                .setMaxEpochs(25)
                .fit(rows);
        assertThat(accuracy(model, rows)).isGreaterThan(0.97);
    }

    @Test
    void columnsOfAllKindsFeedOneNetwork() {
        Dataset<Row> strings = rows(200);
        Dataset<Row> rows = new StringIndexer()
                .setInputCol("job")
                .setOutputCol("jobId")
                .fit(strings)
                .transform(strings);
        LazySequential network = new LazySequential(
                new LazyConcat(
                        new LazyLinear(4),
                        new LazyEmbedding(3),
                        new LazySequential(new LazyEmbedding(5), new LazyGru(6)),
                        new LazyEmbeddingBag(2),
                        new LazyGru(7)),
                new Relu(),
                new LazyLinear());
        NeuralNetworkClassificationModel model = classifier(network, 2)
                .setFeaturesCols("numbers", "jobId", "words", "words", "series")
                .setMaxEpochs(15)
                .fit(rows);
        assertThat(accuracy(model, rows)).isEqualTo(1); // the job tells the label
        assertThat(model.network().parameter("0.1.weight").shape().dim(0)).isEqualTo(2);
    }

    @Test
    void wordsThatWereNotCountedAreRefusedWhenScored() {
        Dataset<Row> rows = rows(100);
        NeuralNetworkClassificationModel model = classifier(recurrent(), 1)
                .setFeaturesCol("words")
                .setMaxEpochs(1)
                .fit(rows);
        Dataset<Row> other = rows.selectExpr("array(1, 99) as words", "label");
        assertThatThrownBy(() -> model.transform(other).collectAsList())
                .hasStackTraceContaining("expects whole numbers from 0 to 11, got 99 at place 1 in column \"words\"");
    }
}
