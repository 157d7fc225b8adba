package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.ml.NeuralNetworkRegressor;
import io.sparknn.nn.layers.AdaptiveAvgPool1d;
import io.sparknn.nn.layers.Conv1d;
import io.sparknn.nn.layers.Embedding;
import io.sparknn.nn.layers.EmbeddingBag;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.Gru;
import io.sparknn.nn.layers.LazyBatchNorm1d;
import io.sparknn.nn.layers.LazyBatchNorm2d;
import io.sparknn.nn.layers.LazyConcat;
import io.sparknn.nn.layers.LazyConv1d;
import io.sparknn.nn.layers.LazyConv2d;
import io.sparknn.nn.layers.LazyConvTranspose1d;
import io.sparknn.nn.layers.LazyEmbedding;
import io.sparknn.nn.layers.LazyEmbeddingBag;
import io.sparknn.nn.layers.LazyGroupNorm;
import io.sparknn.nn.layers.LazyGru;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.LazyMultiheadAttention;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.MaxPool1d;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Columns of ids and of series whose rows differ in length. */
final class SequenceColumnsTest {
    private static final StructType WORDS = new StructType().add("words", "array<int>");
    private static final StructType SERIES = new StructType().add("series", "array<array<double>>");

    private static List<Integer[]> texts(int rows) {
        SplittableRandom random = new SplittableRandom(3);
        List<Integer[]> texts = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            Integer[] text = new Integer[row % 7 == 2 ? 0 : random.nextInt(1, 40)];
            Arrays.setAll(text, i -> random.nextInt(50));
            texts.add(text);
        }
        return texts;
    }

    private static Sequential network() {
        return new Sequential(new Embedding(50, 6), new Gru(6, 5), new Linear(5, 2))
                .setInputCol("words")
                .setOutputCol("out")
                .setTrainable(false);
    }

    @Test
    void aTextGetsTheBitsItHasAloneInAnyPartitioning() {
        List<Integer[]> texts = texts(700);
        Sequential network = network();
        List<Vector> one = Frames.column(network.transform(Frames.of(WORDS, texts.toArray())), "out");
        List<List<Row>> parts = new ArrayList<>(List.of(List.of()));
        for (int from = 0; from < 700; from += 140) {
            parts.add(Frames.rows(texts.subList(from, from + 140).toArray()));
        }
        assertThat(Frames.column(network.transform(Frames.of(WORDS, parts)), "out"))
                .isEqualTo(one);
        for (int row : new int[] {0, 2, 13, 699}) {
            Integer[] text = texts.get(row);
            float[] ids = new float[text.length];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = text[i];
            }
            float[] alone =
                    network.forward(Tensor.ragged(Tensor.of(ids), ids.length)).toArray();
            assertThat(one.get(row).toArray()).containsExactly(alone[0], alone[1]);
        }
    }

    @Test
    void idsMayBeLongsOrDoubles() {
        EmbeddingBag bag = new EmbeddingBag(9, 3).setInputCol("words").setOutputCol("out");
        Object[] ints = {new Integer[] {1, 8}, new Integer[] {}};
        Object[] longs = {new Long[] {1L, 8L}, new Long[] {}};
        Object[] doubles = {new Double[] {1.0, 8.0}, new Double[] {}};
        List<Vector> expected = Frames.column(bag.transform(Frames.of(WORDS, ints)), "out");
        assertThat(expected.get(1)).isEqualTo(Vectors.dense(0, 0, 0));
        StructType ofLongs = new StructType().add("words", "array<bigint>");
        StructType ofDoubles = new StructType().add("words", "array<double>");
        assertThat(Frames.column(bag.transform(Frames.of(ofLongs, longs)), "out"))
                .isEqualTo(expected);
        assertThat(Frames.column(bag.transform(Frames.of(ofDoubles, doubles)), "out"))
                .isEqualTo(expected);
    }

    @Test
    void theNumberOfIdsIsTheLargestAndOne() {
        Dataset<Row> frame = Frames.of(WORDS, new Integer[] {3, 1}, new Integer[] {}, null, new Integer[] {41});
        LazySequential lazy = new LazySequential(new LazyEmbedding(4), new LazyGru(3), new LazyLinear(2))
                .setInputCol("words")
                .setOutputCol("out")
                .setHandleInvalid("keep");
        assertThat(lazy.transformSchema(frame.schema()).fieldNames()).containsExactly("words", "out");
        Sequential net = lazy.fit(frame);
        assertThat(net.toString()).isEqualTo("Sequential(Embedding(42, 4), Gru(4, 3), Linear(3, 2))");
        assertThat(net.parameter("0.weight").shape()).isEqualTo(Shape.of(42, 4));
        assertThat(net.summary()).contains("(?, *, 4)", "(?, 3)");
        List<Row> rows = net.transform(frame).collectAsList();
        assertThat(rows.get(2).isNullAt(1)).isTrue();
        assertThat(((Vector) rows.get(1).get(1)).size()).isEqualTo(2);
    }

    @Test
    void theNumberOfIdsIsInTheMetadata() {
        Dataset<Row> frame = Frames.of(new StructType().add("job", "string"), "smith", "cook", "smith");
        Dataset<Row> indexed = new StringIndexer()
                .setInputCol("job")
                .setOutputCol("id")
                .setHandleInvalid("keep")
                .fit(frame)
                .transform(frame);
        Embedding jobs =
                new LazyEmbedding(3).setInputCol("id").setOutputCol("out").fit(indexed);
        // One more than there are, for values it has not seen.
        assertThat(jobs.parameter("weight").shape()).isEqualTo(Shape.of(3, 3));
        List<Vector> out = Frames.column(jobs.transform(indexed), "out");
        assertThat(out.get(0)).isEqualTo(out.get(2)).isNotEqualTo(out.get(1));
        Metadata vocabulary = NominalAttribute.defaultAttr().withNumValues(77).toMetadata();
        StructType schema = new StructType()
                .add(new StructField("words", DataTypes.createArrayType(DataTypes.IntegerType), true, vocabulary));
        Dataset<Row> words = Frames.of(schema, new Integer[] {3}, new Integer[] {4, 5});
        assertThat(new LazyEmbeddingBag(2)
                        .setInputCol("words")
                        .fit(words)
                        .parameter("weight")
                        .shape())
                .isEqualTo(Shape.of(77, 2));
    }

    @Test
    void seriesOfVectorsAreRead() {
        Object[] rows = {
            new Double[][] {{1.0, 2.0, 3.0}, {4.0, 5.0, 6.0}},
            new Double[][] {},
            new Double[][] {{-1.0, 0.5, 0.0}},
        };
        Gru gru = new LazyGru(4).setInputCol("series").setOutputCol("out").fit(Frames.of(SERIES, rows));
        assertThat(gru.toString()).isEqualTo("Gru(3, 4)");
        List<Vector> out = Frames.column(gru.transform(Frames.of(SERIES, rows)), "out");
        Tensor x = Tensor.ragged(Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}, {-1, 0.5, 0}}), 2, 0, 1);
        float[] expected = gru.forward(x).toArray();
        for (int i = 0; i < 12; i++) {
            assertThat((float) out.get(i / 4).toArray()[i % 4]).isEqualTo(expected[i]);
        }
    }

    @Test
    void aLinearLayerRunsOverTheElementsOfASeries() {
        Object[] rows = {new Double[][] {{1.0, 2.0}}, new Double[][] {{1.0, 2.0}, {3.0, 4.0}, {0.0, 0.0}}};
        Dataset<Row> frame = Frames.of(SERIES, rows);
        Layer linear = new Linear(2, 3).setInputCol("series").setOutputCol("out");
        List<Vector> out = Frames.column(linear.transform(frame), "out");
        assertThat(out.get(0).size()).isEqualTo(3);
        assertThat(out.get(1).size()).isEqualTo(9);
        assertThat(Arrays.copyOf(out.get(1).toArray(), 3)).isEqualTo(out.get(0).toArray());
    }

    @Test
    void stagesHandSequencesOn() {
        Object[] texts = texts(40).toArray();
        Dataset<Row> frame = Frames.of(WORDS, texts);
        Sequential network = network();
        Layer words = network.layer(0).copy(org.apache.spark.ml.param.ParamMap.empty());
        Layer states = network.layers(1, 3);
        PipelineStage[] stages = {
            words.setInputCol("words").setOutputCol("vectors"),
            states.setInputCol("vectors").setOutputCol("out")
        };
        Dataset<Row> scored = new Pipeline().setStages(stages).fit(frame).transform(frame);
        assertThat(Frames.column(scored, "out")).isEqualTo(Frames.column(network.transform(frame), "out"));
    }

    @Test
    void severalColumnsGoToTheirModules() {
        StructType schema = new StructType()
                .add("numbers", "array<double>")
                .add("job", "int")
                .add("words", "array<int>");
        Dataset<Row> frame = Frames.of(
                schema,
                List.of(List.of(
                        RowFactory.create(new Double[] {1.0, 2.0}, 3, new Integer[] {1, 2, 3}),
                        RowFactory.create(new Double[] {0.0, 1.0}, 0, new Integer[] {}),
                        RowFactory.create(new Double[] {5.0, 1.0}, 1, new Integer[] {9}))));
        Sequential net = new LazySequential(
                        new LazyConcat(
                                new LazyLinear(4),
                                new LazyEmbedding(2),
                                new LazySequential(new LazyEmbedding(3), new LazyGru(5))),
                        new LazyLinear(2))
                .setInputCols("numbers", "job", "words")
                .setOutputCol("out")
                .fit(frame);
        assertThat(net.parameter("0.1.weight").shape()).isEqualTo(Shape.of(4, 2));
        assertThat(net.parameter("0.2.0.weight").shape()).isEqualTo(Shape.of(10, 3));
        assertThat(net.parameter("1.weight").shape()).isEqualTo(Shape.of(2, 11));
        assertThat(Frames.column(net.transform(frame), "out")).hasSize(3);
    }

    @Test
    void idsOfSeveralColumnsAreCountedByOneJob() {
        StructType schema = new StructType()
                .add("a", "int")
                .add("b", "array<int>")
                .add("c", "double")
                .add("d", "bigint");
        Dataset<Row> frame = Frames.of(
                schema,
                List.of(List.of(
                        RowFactory.create(3, new Integer[] {1, 6}, 0.0, 4L),
                        RowFactory.create(5, new Integer[] {}, 2.0, 1L))));
        LazyConcat all = new LazyConcat(
                        new LazyEmbedding(2), new LazyEmbeddingBag(2), new LazyEmbedding(2), new LazyEmbedding(2))
                .setInputCols("a", "b", "c", "d");
        Layer[] built = new Layer[2];
        int ofAll = Jobs.count(() -> built[0] = all.fit(frame));
        int ofOne = Jobs.count(
                () -> built[1] = new LazyEmbedding(2).setInputCol("a").fit(frame));
        assertThat(ofOne).isPositive();
        assertThat(ofAll).isEqualTo(ofOne);
        assertThat(built[1].toString()).isEqualTo("Embedding(6, 2)");
        assertThat(built[0].toString())
                .isEqualTo("Concat(Embedding(6, 2), EmbeddingBag(7, 2, MEAN), Embedding(3, 2), Embedding(5, 2))");
    }

    private static void refused(StructType schema, Layer layer, Object value, String message) {
        Object good = schema.equals(SERIES)
                ? new Double[][] {{1.0, 2.0}}
                : schema.equals(WORDS)
                        ? new Integer[] {1}
                        : schema.fields()[0].dataType() instanceof ArrayType ? new Double[] {1.0} : (Object) 1.0;
        layer.setInputCol(schema.fieldNames()[0]).setOutputCol("out");
        assertThatThrownBy(() -> layer.transform(Frames.of(schema, good, value)).collectAsList())
                .hasStackTraceContaining(message)
                .hasStackTraceContaining("in column \"" + schema.fieldNames()[0] + "\" in row 1 of partition 0");
        layer.set(layer.handleInvalid(), "skip");
        assertThat(layer.transform(Frames.of(schema, good, value)).count()).isEqualTo(1);
    }

    @Test
    void wrongIdsAreRefusedWithColumnRowAndPlace() {
        String expected = "expects whole numbers from 0 to 8, got ";
        refused(WORDS, new Embedding(9, 2), new Integer[] {0, 9}, expected + "9 at place 1");
        refused(WORDS, new Embedding(9, 2), new Integer[] {-1}, expected + "-1 at place 0");
        refused(WORDS, new Embedding(9, 2), new Integer[] {1, null}, expected + "an array with a null");
        refused(WORDS, new EmbeddingBag(9, 2), null, expected + "null");
        refused(
                new StructType().add("words", "array<double>"),
                new Embedding(9, 2),
                new Double[] {1.0, 2.5},
                expected + "2.5 at place 1");
    }

    @Test
    void raggedInnerArraysAreRefusedWithColumnRowAndPlace() {
        String expected = "expects arrays of arrays of 2 numbers, got ";
        refused(SERIES, new Gru(2, 3), new Double[][] {{1.0, 2.0}, {1.0}}, expected + "1 in element 1");
        refused(SERIES, new Gru(2, 3), new Double[][] {{1.0, 2.0}, null}, expected + "an array with a null");
        refused(SERIES, new Gru(2, 3), new Double[][] {{1.0, null}}, expected + "an array with a null");
        refused(SERIES, new Gru(2, 3), new Double[][] {{1.0, Double.NaN}}, "expects finite values, got NaN");
    }

    @Test
    void singleIdsAreRefusedTheSameWay() {
        StructType numbers = new StructType().add("id", "double");
        refused(numbers, new Embedding(9, 2), 2.5, "expects whole numbers from 0 to 8, got 2.5");
        refused(numbers, new Embedding(9, 2), -1.0, "expects whole numbers from 0 to 8, got -1.0");
        refused(numbers, new Embedding(9, 2), 9.0, "expects whole numbers from 0 to 8, got 9.0");
        refused(numbers, new Embedding(9, 2), Double.NaN, "expects whole numbers from 0 to 8, got NaN");
        refused(numbers, new Embedding(9, 2), null, "expects whole numbers from 0 to 8, got null");
    }

    @Test
    void wordsAreToBeNumberedFirst() {
        Dataset<Row> words = Frames.of(new StructType().add("words", "array<string>"), (Object) new String[] {"a"});
        assertThatThrownBy(() -> new LazyEmbedding(2).setInputCol("words").fit(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects a column of ids, whole numbers or arrays of them, got \"words\" of"
                        + " array<string>; number its entries first, by StringIndexer, a vocabulary or the like");
    }

    /** Training reads ids as scoring does, and not only in the layer, where nobody knows the row. */
    @Test
    void trainingRefusesWrongIdsWithColumnRowAndPlace() {
        assertUntrainable(new Integer[] {0, 9}, "expects whole numbers from 0 to 8, got 9 at place 1");
        assertUntrainable(new Integer[] {-1}, "expects whole numbers from 0 to 8, got -1 at place 0");
        assertUntrainable(new Integer[] {1, null}, "expects whole numbers from 0 to 8, got an array with a null");
        assertUntrainable(null, "expects whole numbers from 0 to 8, got null");
        assertUntrainable(new Double[] {0.0, 0.5}, "expects whole numbers from 0 to 8, got 0.5 at place 1");
    }

    private static void assertUntrainable(Object[] wrong, String message) {
        String type = wrong instanceof Double[] ? "array<double>" : "array<int>";
        Object[] good = wrong instanceof Double[] ? new Double[] {1.0, 2.0} : new Integer[] {1, 2};
        StructType schema = new StructType().add("words", type).add("label", "double");
        Dataset<Row> rows = Frames.of(
                schema,
                List.of(List.of(
                        RowFactory.create(good, 1.0),
                        RowFactory.create(wrong, 2.0),
                        RowFactory.create(good, 3.0),
                        RowFactory.create(good, 3.0))));
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor()
                .setNetwork(new LazySequential(new EmbeddingBag(9, 3), new LazyLinear()))
                .setFeaturesCol("words")
                .setMaxEpochs(1);
        assertThatThrownBy(() -> regressor.fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message + " in column \"words\" in row 1 of partition 0");
    }

    /** Channels by length in an array of arrays: rows of one size, for what slides or normalises over them. */
    @Test
    void gridsAreReadByLayersOfOneSize() {
        Object[] rows = {
            new Double[][] {{1.0, 2.0, 3.0}, {4.0, 5.0, 6.0}}, new Double[][] {{0.0, 1.0, 0.0}, {2.0, 0.0, -1.0}},
        };
        Dataset<Row> frame = Frames.of(SERIES, rows);
        Tensor x = Tensor.of(1, 2, 3, 4, 5, 6, 0, 1, 0, 2, 0, -1).reshape(2, 2, 3);
        LazyLayer<?>[] all = {
            new LazyConv1d(3, 2),
            new LazyConvTranspose1d(3, 2),
            new LazyBatchNorm1d(),
            new LazyGroupNorm(2),
            new LazySequential(new MaxPool1d(2), new LazyLinear(2)),
            new LazySequential(new AdaptiveAvgPool1d(1), new Flatten(), new LazyLinear(2)),
            new LazySequential(new Flatten(), new LazyLinear(2)),
            new LazySequential(new Flatten(), new Unflatten(1, 2, 3), new LazyConv2d(2, 2))
        };
        for (LazyLayer<?> lazy : all) {
            Layer layer = lazy.setInputCol("series").setOutputCol("out").fit(frame);
            assertThat(Frames.values(layer.transform(frame), "out"))
                    .as(layer.toString())
                    .isEqualTo(layer.forward(x).toArray());
        }
        refused(
                SERIES,
                new Conv1d(1, 3, 2),
                new Double[][] {{1.0}},
                "expects arrays of 1 arrays of 2 numbers, got 1 in");
        Layer conv =
                new LazyConv1d(3, 2).setInputCol("series").setOutputCol("out").fit(frame);
        Dataset<Row> shorter = Frames.of(SERIES, rows[0], new Double[][] {{1.0, 2.0, 3.0}});
        assertThatThrownBy(() -> conv.transform(shorter).collectAsList())
                .hasStackTraceContaining(
                        "expects arrays of 2 arrays of 3 numbers, got 1 of them in column \"series\" in"
                                + " row 1 of partition 0");
    }

    @Test
    void wrongRanksAreRefusedOnTheDriverWithWhatToInsert() {
        Dataset<Row> series = Frames.of(SERIES, (Object) new Double[][] {{1.0, 2.0}, {3.0, 4.0}});
        refusedAtOnce(
                new LazyConv2d(2, 1), series, "got shape (?, 2, 2); put Flatten() and Unflatten(1, 2, 2) before it");
        refusedAtOnce(new LazyBatchNorm2d(), series, "expects an input (N, C, H, W), got shape (?, 2, 2)");
        refusedAtOnce(new LazyEmbedding(2), series, "expects ids in column \"series\", got arrays of arrays");
        Dataset<Row> flat =
                Frames.of(new StructType().add("series", "array<double>"), (Object) new Double[] {1.0, 2.0, 3.0, 4.0});
        refusedAtOnce(new LazyConv1d(2, 1), flat, "got shape (?, 4); put Unflatten(1, 4) before it");
        refusedAtOnce(new LazyConv2d(2, 1), flat, "got shape (?, 4); put Unflatten(1, 2, 2) before it");
        refusedAtOnce(new LazyBatchNorm2d(), flat, "put Unflatten(C, height, width) before it");
        refusedAtOnce(new LazyGru(2), flat, "a series of numbers is an array of arrays of one");
        refusedAtOnce(new LazyMultiheadAttention(2), flat, "ids go through a LazyEmbedding first");
        refusedAtOnce(new LazySequential(new Unflatten(2, 3), new LazyConv1d(2, 1)), flat, "module 0: Unflatten(");
        Dataset<Row> empty = Frames.of(SERIES, new Double[][] {}, null);
        refusedAtOnce(new LazyGru(2), empty, "got only null values and empty arrays; fit it on data");
    }

    private static void refusedAtOnce(LazyLayer<?> lazy, Dataset<Row> frame, String message) {
        assertThatThrownBy(() -> lazy.setInputCol("series").setOutputCol("out").fit(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(lazy.uid());
    }

    @Test
    void idsThatFloatsCannotNameAreRefused() {
        assertThatThrownBy(() -> new Embedding((1 << 24) + 1, 1))
                .hasMessageContaining("numEmbeddings of 16777216 at most");
        Dataset<Row> frame = Frames.of(WORDS, (Object) new Integer[] {1 << 24});
        assertThatThrownBy(() -> new LazyEmbedding(2).setInputCol("words").fit(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "expects whole numbers from 0 to 16777215, got 16777216 at place 0 in column \"words\" in row 0 of"
                                + " partition 0; number the entries by StringIndexer or the like, or"
                                + " setHandleInvalid(\"skip\")");
        Dataset<Row> none = Frames.of(WORDS, (Object) new Integer[] {});
        assertThatThrownBy(() -> new LazyEmbedding(2).setInputCol("words").fit(none))
                .hasMessageContaining("expects ids in column \"words\" to tell how many there are, got none");
        assertThatThrownBy(() -> new LazyEmbedding(2).build(Shape.of(3, Shape.RAGGED)))
                .hasMessageContaining("expects to know how many ids there are");
    }

    @Test
    void whatWantsRowsOfOneLengthSaysSoOnTheDriver() {
        Dataset<Row> frame = Frames.of(WORDS, new Integer[] {1}, new Integer[] {1, 2});
        LazySequential flat =
                new LazySequential(new LazyEmbedding(3), new Flatten(), new LazyLinear(2)).setInputCol("words");
        assertThatThrownBy(() -> flat.fit(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot run over rows of different length");
        Dataset<Row> nested = Frames.of(SERIES, (Object) new Double[][] {{1.0}});
        assertThatThrownBy(() -> new Embedding(9, 2).setInputCol("series").transform(nested))
                .hasMessageContaining("expects ids in column \"series\", got arrays of arrays");
    }
}
