package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.ml.NeuralNetworkClassificationModel;
import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.nn.layers.Embedding;
import io.sparknn.nn.layers.LazyConv2d;
import io.sparknn.nn.layers.LazyEmbedding;
import io.sparknn.nn.layers.LazyGru;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.tensor.Shape;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Ids that are none, where the number of ids is still to be found, and columns that are read in an unusual way. */
final class InvalidIdsTest {
    private static final StructType IDS = new StructType().add("ids", "array<double>");

    private static Dataset<Row> sql(String query) {
        return SharedSpark.session().sql(query);
    }

    private static LazyEmbedding lazy(String mode) {
        return new LazyEmbedding(2)
                .setInputCol("ids")
                .setOutputCol("out")
                .setHandleInvalid(mode)
                .setTrainable(false);
    }

    @Test
    void countingNamesColumnRowAndPlaceOfWhatIsNoId() {
        Dataset<Row> rows = Frames.of(
                IDS,
                List.of(
                        Frames.rows((Object) new Double[] {1.0}),
                        Frames.rows(new Double[] {2.0}, null, new Double[] {0.0, Double.NaN})));
        assertThatThrownBy(() -> lazy("error").fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LazyEmbedding(")
                .hasMessageContaining(
                        "expects whole numbers from 0 to 16777215, got NaN at place 1 in column \"ids\" in row 2 of"
                                + " partition 1; number the entries by StringIndexer or the like, or"
                                + " setHandleInvalid(\"skip\")");
        Dataset<Row> numbers = Frames.of(new StructType().add("ids", "double"), 3.0, 7.5);
        assertThatThrownBy(() -> lazy("error").fit(numbers))
                .hasMessageContaining("got 7.5 in column \"ids\" in row 1 of partition 0");
    }

    @Test
    void rowsThatAreDroppedDoNotCount() {
        Dataset<Row> arrays = Frames.of(
                IDS,
                new Double[] {1.0, 2.0},
                new Double[] {Double.NaN},
                new Double[] {9.0, 7.5},
                new Double[] {-1.0, 8.0},
                new Double[] {6.0, null},
                new Double[] {3e7},
                new Double[] {},
                null);
        for (String mode : List.of("skip", "keep")) {
            Embedding table = lazy(mode).fit(arrays);
            assertThat(table.parameter("weight").shape()).isEqualTo(Shape.of(3, 2));
            assertThat(table.transform(arrays).where("out is not null").count()).isEqualTo(2);
        }
        Dataset<Row> numbers = Frames.of(new StructType().add("ids", "double"), 3.0, 7.5, Double.NaN, -2.0, null);
        assertThat(lazy("skip").fit(numbers).parameter("weight").shape()).isEqualTo(Shape.of(4, 2));
        Dataset<Row> vectors = Frames.of(
                new StructType().add("ids", SQLDataTypes.VectorType()), Vectors.dense(4, 0), Vectors.dense(1, 9.5));
        assertThat(lazy("skip").fit(vectors).parameter("weight").shape()).isEqualTo(Shape.of(5, 2));
        Dataset<Row> none = Frames.of(IDS, new Double[] {0.5}, null);
        assertThatThrownBy(() -> lazy("skip").fit(none)).hasMessageContaining("to tell how many there are, got none");
    }

    @Test
    void aClassifierDropsThemToo() {
        Dataset<Row> rows = sql("select if(id = 5, array(double('NaN')), array(double(id % 3))) ids,"
                + " double(id % 2) label from range(16)");
        NeuralNetworkClassificationModel model = new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyEmbedding(2), new LazyGru(3), new LazyLinear()))
                .setFeaturesCol("ids")
                .setHandleInvalid("skip")
                .setMaxEpochs(1)
                .setSeed(1)
                .fit(rows);
        assertThat(model.transform(rows).count()).isEqualTo(15);
    }

    @Test
    void truthValuesAreIds() {
        Dataset<Row> rows = sql("select id % 2 = 0 ids, double(id % 2) label from range(16)");
        NeuralNetworkClassificationModel model = new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyEmbedding(2), new LazyLinear()))
                .setFeaturesCol("ids")
                .setMaxEpochs(1)
                .setSeed(1)
                .fit(rows);
        assertThat(model.transform(rows).count()).isEqualTo(16);
        Embedding one = new Embedding(1, 2).setInputCol("ids").setOutputCol("out");
        one.setTrainable(false);
        assertThatThrownBy(() -> one.transform(sql("select true ids")).collectAsList())
                .rootCause()
                .hasMessageContaining("expects whole numbers from 0 to 0, got true in column \"ids\" in row 0");
        one.setHandleInvalid("skip");
        assertThat(one.transform(sql("select id = 1 ids from range(3)")).count())
                .isEqualTo(2);
    }

    @Test
    void rowsOfAnotherLengthAreNotCalledWrongIds() {
        Dataset<Row> vectors = Frames.of(
                new StructType().add("ids", SQLDataTypes.VectorType()), Vectors.dense(1, 2), Vectors.dense(1, 2, 3));
        Embedding table = lazy("error").fit(vectors);
        assertThatThrownBy(() -> table.transform(vectors).collectAsList())
                .rootCause()
                .hasMessageContaining("expects rows of 2 ids, got 3 in column \"ids\" in row 1");
    }

    @Test
    void aNetworkThatEndsInRowsOfDifferentLengthSaysWhatToPutInFront() {
        Dataset<Row> rows = sql(
                "select array(int(id % 3)) ids, array(1D, 2D, 3D, 4D) image, double(id % 2) label" + " from range(16)");
        NeuralNetworkClassifier classifier = new NeuralNetworkClassifier();
        assertThatThrownBy(() -> classifier
                        .setNetwork(new LazySequential(new LazyEmbedding(2), new LazyLinear()))
                        .setFeaturesCol("ids")
                        .fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got an output of shape (?, *, 2); rows differ in length: put LazyGru or another"
                        + " layer that gives one vector for a row before the last one");
        assertThatThrownBy(() -> classifier
                        .setNetwork(new LazySequential(new Unflatten(1, 2, 2), new LazyConv2d(2, 1), new LazyLinear()))
                        .setFeaturesCol("image")
                        .fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got an output of shape (?, 2, 2, 2); put Flatten() before the last layer");
    }
}
