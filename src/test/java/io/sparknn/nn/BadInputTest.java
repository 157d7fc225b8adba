package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.CustomLayers.Failing;
import io.sparknn.nn.CustomLayers.LazyMyLinear;
import io.sparknn.nn.CustomLayers.MyLinear;
import io.sparknn.nn.CustomLayers.Nothing;
import io.sparknn.nn.CustomLayers.OneRow;
import io.sparknn.nn.CustomLayers.Unflattened;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said on the driver whenever it can be known there: who expects what, got what, how to fix it. */
final class BadInputTest {
    private static final Dataset<Row> FRAME = Frames.vectors(Vectors.dense(1, 2, 3));

    private static void assertRefused(ThrowingCallable action, String message) {
        assertThatThrownBy(action).isInstanceOf(IllegalArgumentException.class).hasMessageMatching("(?s)" + message);
    }

    private static LazyLinear lazy() {
        return new LazyLinear(2).setInputCol("features").setOutputCol("out");
    }

    @Test
    void fittingOnNoRows() {
        assertRefused(
                () -> lazy().fit(FRAME.limit(0)),
                "LazyLinear\\(LazyLinear_\\w+\\) expects rows to find the width of \"features\" in, got an empty"
                        + " DataFrame; fit it on data, or on a column whose metadata tell the size");
        assertRefused(
                () -> lazy().fit(Frames.of(Frames.FEATURES, null, null)),
                "LazyLinear\\(.*\\) expects rows to find the width of \"features\" in, got only null values; .*");
    }

    @Test
    void aMissingColumn() {
        String message = "\\w+\\(.*\\) expects the column \"pixels\", got columns \\[features\\]; call setInputCol with"
                + " one of them";
        assertRefused(() -> lazy().setInputCol("pixels").fit(FRAME), message);
        assertRefused(() -> lazy().setInputCol("pixels").transformSchema(FRAME.schema()), message);
        assertRefused(() -> new Relu().setInputCol("pixels").transform(FRAME), message);
        assertRefused(
                () -> new LazyLinear(2).fit(FRAME),
                "LazyLinear\\(.*\\) expects an input column, got none; call setInputCol\\(\"features\"\\)");
    }

    @Test
    void aColumnOfAnotherType() {
        Dataset<Row> words = Frames.of(new StructType().add("word", "string"), "a");
        String message =
                "\\w+\\(.*\\) expects a column of vectors, arrays of numbers, or numbers, got \"word\" of string;"
                        + " assemble a vector first";
        assertRefused(() -> lazy().setInputCol("word").fit(words), message);
        assertRefused(() -> new Linear(1, 2).setInputCol("word").transformSchema(words.schema()), message);
        Dataset<Row> nested = Frames.of(new StructType().add("word", "array<array<array<double>>>"), (Object) null);
        assertRefused(
                () -> new Relu().setInputCol("word").transform(nested),
                ".*got \"word\" of array<array<array<double>>>;.*");
    }

    @Test
    void anOutputColumnThatIsThere() {
        String message = "\\w+\\(.*\\) expects a new output column, got \"features\", which exists already; call"
                + " setOutputCol with another name, or drop that column";
        assertRefused(() -> lazy().setOutputCol("features").fit(FRAME), message);
        assertRefused(
                () -> new Relu()
                        .setInputCol("features")
                        .setOutputCol("features")
                        .transformSchema(FRAME.schema()),
                message);
    }

    /** Spark would take one for the other, and then for neither. */
    @Test
    void anOutputColumnThatIsThereButForItsCase() {
        assertRefused(
                () -> lazy().setOutputCol("FEATURES").fit(FRAME),
                ".*new output column, got \"FEATURES\", which exists.*");
        SharedSpark.session().conf().set("spark.sql.caseSensitive", "true");
        try {
            assertThat(lazy().setOutputCol("FEATURES")
                            .fit(FRAME)
                            .transform(FRAME)
                            .columns())
                    .contains("features", "FEATURES");
        } finally {
            SharedSpark.session().conf().unset("spark.sql.caseSensitive");
        }
    }

    @Test
    void widthZero() {
        Dataset<Row> known = Frames.of(
                new StructType().add(new AttributeGroup("features", 0).toStructField()), Vectors.dense(new double[0]));
        Dataset<Row> unknown = Frames.vectors(Vectors.dense(new double[0]));
        assertRefused(
                () -> lazy().fit(known), "LazyLinear\\(.*\\) expects .* width 1 or more, got .*; name a.*column.*");
        assertRefused(
                () -> lazy().fit(unknown),
                "LazyLinear\\(.*\\) expects rows of width 1 or more, got width 0 in column \"features\"; name another"
                        + " column");
        assertRefused(() -> new Relu().setInputCol("features").transform(unknown), ".*width 1 or more, got width 0.*");
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "-2, 3", "3, 0", "3, -1"})
    void sizesBelowOne(int in, int out) {
        assertRefused(
                () -> new Linear(in, out), "Linear expects (in|out)Features of 1 or more, got -?\\d; give it a size");
        assertRefused(
                () -> new MyLinear(in, out),
                "MyLinear\\(.*\\) expects sizes of 1 or more for weight, got .*" + in + ".*");
        if (out < 1) {
            assertRefused(() -> new LazyLinear(out), "LazyLinear expects outFeatures of 1 or more, got .*");
            assertRefused(
                    () -> new LazyMyLinear(out).setInputCol("features").fit(FRAME),
                    ".*MyLinear\\(.*\\) expects sizes of 1 or more for weight.*");
        }
    }

    @Test
    void aWidthTheLayerWasNotMadeFor() {
        Dataset<Row> sized =
                Frames.of(new StructType().add(new AttributeGroup("features", 3).toStructField()), (Object) null);
        String message =
                "Linear\\(.*\\) expects vectors of 5, got 3 in column \"features\"; fit it on data of the width"
                        + " it will score";
        assertRefused(() -> new Linear(5, 1).setInputCol("features").transform(sized), message);
        assertRefused(() -> new Linear(5, 1).setInputCol("features").transformSchema(sized.schema()), message);
        assertThatThrownBy(() -> new Linear(5, 1)
                        .setInputCol("features")
                        .transform(FRAME)
                        .collectAsList())
                .isInstanceOf(SparkException.class)
                .rootCause()
                .hasMessageMatching("Linear\\(.*\\) expects vectors of 5, got 3 in column \"features\" in row 0 of"
                        + " partition 0; .*");
    }

    @Test
    void aLayerThatDoesNotFitInsideAChain() {
        assertRefused(
                () -> new LazySequential(lazy(), new Relu(), new Linear(3, 1))
                        .setInputCol("features")
                        .fit(FRAME),
                "LazySequential\\(.*\\), module 2: Linear\\(.*\\) expects vectors of 3, got 2 in shape \\(\\?, 2\\); .*");
    }

    @Test
    void aRankTheLayerIsNotMadeFor() {
        assertRefused(
                () -> new Unflattened(2, 2).setInputCol("features").transform(FRAME),
                "Unflattened\\(.*\\) cannot take an input of shape \\(\\?, 3\\): .*");
        Dataset<Row> folded = new Unflattened(1, 3)
                .setInputCol("features")
                .setOutputCol("folded")
                .transform(FRAME);
        assertRefused(
                () -> new Unflattened(1, 2).setInputCol("folded").transform(folded),
                "Unflattened\\(.*\\) cannot take an input of shape \\(\\?, 1, 3\\): .*");
    }

    @Test
    void aForwardThatChangesTheRowsOrReturnsNothing() {
        assertRefused(
                () -> new OneRow().setInputCol("features").transform(FRAME),
                "OneRow\\(.*\\) expects forward to return one row for each row of its input \\(\\?, 3\\), got shape"
                        + " \\(1, 3\\); keep the rows on the first axis");
        assertRefused(
                () -> new Nothing().setInputCol("features").transform(FRAME),
                "Nothing\\(.*\\) expects forward to return a tensor, got null; return the output");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throws | failed in forward on rows 0 to 255 of partition 1: .*UnsupportedOperationException: no luck today",
                "checked | failed in forward on rows 0 to 255 of partition 1: java.io.IOException: the disk is full",
                "null | expects forward to return a tensor, got null; return the output",
                "rows | expects forward to return one row for each row of its input, got shape \\(3, 2\\) for 256 rows;"
                        + " keep the rows on the first axis"
            })
    void aForwardThatFailsOnAnExecutor(String how, String message) {
        Object[] rows = new Object[600];
        java.util.Arrays.fill(rows, Vectors.dense(1, 2));
        Dataset<Row> frame = Frames.of(Frames.FEATURES, List.of(List.of(), Frames.rows(rows)));
        assertThatThrownBy(() -> new Failing(how)
                        .setInputCol("features")
                        .transform(frame)
                        .collectAsList())
                .isInstanceOf(SparkException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("Failing\\(Failing_\\w+\\) " + message);
    }

    @Test
    void vectorsOfTwoWidthsInOnePartitionOrTwo() {
        Layer layer = lazy().fit(FRAME);
        List<Row> good = Frames.rows(Vectors.dense(1, 2, 3), Vectors.dense(4, 5, 6));
        List<Row> bad = Frames.rows(Vectors.dense(1, 2, 3), Vectors.dense(1, 2, 3, 4));
        assertThatThrownBy(() -> layer.transform(Frames.of(Frames.FEATURES, List.of(bad, good)))
                        .collectAsList())
                .rootCause()
                .hasMessageContaining("expects vectors of 3, got 4 in column \"features\" in row 1 of partition 0");
        assertThatThrownBy(() -> layer.transform(Frames.of(Frames.FEATURES, List.of(good, List.of(), bad)))
                        .collectAsList())
                .rootCause()
                .hasMessageContaining("expects vectors of 3, got 4 in column \"features\" in row 1 of partition 2");
        assertThat(layer.transform(Frames.of(Frames.FEATURES, List.of(good, good)))
                        .count())
                .isEqualTo(4);
    }
}
