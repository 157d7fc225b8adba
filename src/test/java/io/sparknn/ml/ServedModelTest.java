package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.BatchNorm1d;
import io.sparknn.nn.layers.Embedding;
import io.sparknn.nn.layers.Gru;
import io.sparknn.nn.layers.LazyBatchNorm1d;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.PoissonNllLoss;
import io.sparknn.serve.Predictor;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved models give without Spark the bits that transform gives. */
final class ServedModelTest {
    @TempDir
    private Path directory;

    @BeforeAll
    static void startSpark() {
        SharedSpark.session();
    }

    private String path() {
        return directory.resolve("model").toString();
    }

    private static float[] floats(Vector vector) {
        float[] floats = new float[vector.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) vector.apply(i);
        }
        return floats;
    }

    @Test
    void classesAreThoseOfTransform() throws IOException {
        Dataset<Row> clouds = Tables.clouds(60);
        NeuralNetworkClassificationModel model = new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear(8), new LazyBatchNorm1d(), new Relu(), new LazyLinear()))
                .setMaxEpochs(2)
                .fit(clouds);
        for (double[] thresholds : new double[][] {null, {0.1, 0.5, 0.9}}) {
            if (thresholds != null) {
                model.setThresholds(thresholds);
            }
            model.write().overwrite().save(path());
            Predictor predictor = Predictor.load(path());
            for (Row row : model.transform(clouds).collectAsList()) {
                float[] features = floats(row.getAs("features"));
                Vector raw = row.getAs("rawPrediction");
                Vector probability = row.getAs("probability");
                assertThat(predictor.predict(features)).isEqualTo(floats(raw));
                assertThat(predictor.probability(features)).isEqualTo(probability.toArray());
                assertThat(predictor.prediction(features)).isEqualTo(row.<Double>getAs("prediction"));
            }
        }
        assertThat(NeuralNetworkClassificationModel.load(path())
                        .transform(clouds)
                        .first())
                .isEqualTo(model.transform(clouds).first());
    }

    @Test
    void numbersAreThoseOfTransform() throws IOException {
        Dataset<Row> line = Tables.line(30);
        Sequential network = new Sequential(new Linear(2, 4), new Relu(), new Linear(4, 1));
        NeuralNetworkRegressionModel model =
                NeuralNetworkRegressionModel.of(network, new PoissonNllLoss(), Shape.of(-1, 2));
        model.save(path());
        Predictor predictor = Predictor.load("file:" + path());
        for (Row row : model.transform(line).collectAsList()) {
            assertThat(predictor.prediction(floats(row.getAs("features")))).isEqualTo(row.<Double>getAs("prediction"));
        }
        assertThatThrownBy(() -> predictor.probability(new float[2]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("got a model of numbers");
    }

    @Test
    void textsOfAnyLengthAreThoseOfTransform() throws IOException {
        StructType schema = new StructType()
                .add("words", DataTypes.createArrayType(DataTypes.IntegerType))
                .add("label", DataTypes.DoubleType);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<Integer> words = new ArrayList<>();
            for (int word = 0; word < i % 6; word++) {
                words.add((7 * i + word) % 13);
            }
            rows.add(RowFactory.create(words, (double) (i % 2)));
        }
        Dataset<Row> texts = SharedSpark.session().createDataFrame(rows, schema);
        NeuralNetworkClassificationModel model = NeuralNetworkClassificationModel.of(
                        new Sequential(new Embedding(13, 4), new Gru(4, 5), new Linear(5, 2)),
                        new CrossEntropyLoss(),
                        Shape.of(-1, -2))
                .setFeaturesCol("words");
        model.save(path());
        Predictor predictor = Predictor.load(path());
        for (Row row : model.transform(texts).collectAsList()) {
            List<Integer> words = row.getList(0);
            int[] ids = words.stream().mapToInt(i -> i).toArray();
            Vector raw = row.getAs("rawPrediction");
            assertThat(predictor.predict(ids)).isEqualTo(floats(raw));
        }
    }

    /** A layer of one's own, recorded through its operations: nothing of its class is needed to score. */
    public static final class Gate extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = x;
            for (int i = 0; i < 3; i++) {
                y = y.mul(x.sub(x.mean(true, 1)).sigmoid());
            }
            return Tensor.where(y.gt(0.1), y, x);
        }
    }

    /** Another, which looks at the data. */
    public static final class Peek extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            return x.sub(x.mean());
        }
    }

    @Test
    void aSavedLayerHasItsRecordingBesideIt() throws IOException {
        Sequential layer = new Sequential(new Linear(2, 3), new BatchNorm1d(3));
        layer.save(path());
        assertThat(Files.exists(Path.of(path(), "recording.json"))).isTrue();
        float[] expected = layer.forward(Tensor.of(new float[][] {{1, 2}})).toArray();
        assertThat(Predictor.load(path()).predict(new float[] {1, 2})).isEqualTo(expected);
        new Gru(2, 3).write().overwrite().save(path());
        assertThat(Predictor.load(path()).inputShape()).isEqualTo(Shape.of(-1, -2, 2));
    }

    @Test
    void layersOfOnesOwnAreRecordedOrSayWhyNot() throws IOException {
        Sequential layer = new Sequential(new Linear(2, 3), new Gate());
        layer.save(path());
        float[] expected = layer.forward(Tensor.of(new float[][] {{1, 2}})).toArray();
        assertThat(Predictor.load(path()).predict(new float[] {1, 2})).isEqualTo(expected);
        new Sequential(new Linear(2, 3), new Peek()).write().overwrite().save(path());
        assertThatThrownBy(() -> Predictor.load(path()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be recorded: in ServedModelTest$Peek, forward reduces over the rows");
    }
}
