package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.CustomLayers.CenteredLayer;
import io.sparknn.nn.CustomLayers.Product;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that cannot be computed: reported, dropped or kept, in any partition and in every pass. */
final class HandleInvalidTest {
    private static final StructType SCHEMA =
            new StructType().add("id", "int").add("features", SQLDataTypes.VectorType());

    static Stream<Object[]> invalid() {
        return Stream.of(
                new Object[] {"null", null, "expects vectors of 2, got null"},
                new Object[] {"width", Vectors.dense(1, 2, 3), "expects vectors of 2, got 3"},
                new Object[] {
                    "sparse width", Vectors.sparse(1, new int[0], new double[0]), "expects vectors of 2, got 1"
                },
                new Object[] {"NaN", Vectors.dense(1, Double.NaN), "expects finite values, got NaN or an infinite value"
                },
                new Object[] {
                    "infinite",
                    Vectors.sparse(2, new int[] {1}, new double[] {Double.NEGATIVE_INFINITY}),
                    "expects finite values, got NaN or an infinite value"
                },
                new Object[] {
                    "too large for a float",
                    Vectors.dense(1e300, 1),
                    "expects finite values, got 1.0E300, which is more than a float holds,"
                });
    }

    /** Three partitions: rows 0 to 2, rows 3 and 4 around the invalid one, which has the id -1, and none. */
    private static Dataset<Row> frame(Vector invalid, boolean first) {
        List<Row> three = List.of(row(0), row(1), row(2));
        List<Row> among = new ArrayList<>(List.of(row(3), RowFactory.create(-1, invalid), row(4)));
        return Frames.of(SCHEMA, first ? List.of(among, three, List.of()) : List.of(List.of(), three, among));
    }

    private static Row row(int id) {
        return RowFactory.create(id, Vectors.dense(id, -id));
    }

    private static Layer layer(boolean crossing) {
        Layer layer = crossing ? new CenteredLayer() : new Relu();
        layer.set(layer.inputShape(), new int[] {2});
        return layer.setInputCol("features").setOutputCol("out");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void errorsNameLayerColumnRowAndPartition(String what, Vector invalid, String message) {
        for (boolean first : new boolean[] {true, false}) {
            for (boolean crossing : new boolean[] {true, false}) {
                assertThatThrownBy(() ->
                                layer(crossing).transform(frame(invalid, first)).collectAsList())
                        .as(what)
                        .isInstanceOf(SparkException.class)
                        .rootCause()
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageMatching((crossing ? "CenteredLayer" : "Relu") + "\\(\\w+\\) " + message
                                + " in column \"features\" in row 1 of partition " + (first ? 0 : 2)
                                + "; mend the data, or setHandleInvalid\\(\"skip\"\\) or \\(\"keep\"\\)");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void skippedRowsAreGoneAndCountNowhere(String what, Vector invalid, String message) {
        for (boolean first : new boolean[] {true, false}) {
            Dataset<Row> frame = frame(invalid, first);
            for (boolean crossing : new boolean[] {true, false}) {
                Layer layer = layer(crossing).setHandleInvalid("skip");
                assertThat(layer.transform(frame).collectAsList())
                        .as(what)
                        .isEqualTo(layer.transform(frame.where("id >= 0")).collectAsList())
                        .hasSize(5);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void keptRowsHaveNoOutputUnlessTheyCanBeComputed(String what, Vector invalid, String message) {
        boolean computable = message.contains("finite");
        for (boolean first : new boolean[] {true, false}) {
            Dataset<Row> scored = layer(false).setHandleInvalid("keep").transform(frame(invalid, first));
            assertThat(scored.count()).isEqualTo(6);
            Row kept = scored.where("id = -1").first();
            assertThat(kept.isNullAt(2)).as(what).isEqualTo(!computable);
            assertThat(kept.get(1)).isEqualTo(invalid);
            assertThat(Frames.column(scored.where("id = 4"), "out")).containsExactly(Vectors.dense(4, 0));
            assertThat(Frames.column(scored.where("id = 3"), "out")).containsExactly(Vectors.dense(3, 0));
            if (!computable) {
                Layer centred = layer(true).setHandleInvalid("keep");
                Dataset<Row> frame = frame(invalid, first);
                assertThat(centred.transform(frame).where("id >= 0").collectAsList())
                        .isEqualTo(centred.transform(frame.where("id >= 0")).collectAsList());
            }
        }
    }

    @Test
    void anArrayMayHoldANull() {
        StructType schema = new StructType().add("x", DataTypes.createArrayType(DataTypes.FloatType));
        Dataset<Row> frame = Frames.of(
                schema,
                List.of(Frames.rows((Object) new Float[] {1f, -2f}), Frames.rows(new Float[] {3f, null}, new Float[] {4f
                })));
        Layer relu = new Relu().setInputCol("x").setOutputCol("out");
        assertThatThrownBy(() -> relu.transform(frame).collectAsList())
                .rootCause()
                .hasMessageContaining(
                        "expects vectors of 2, got an array with a null in column \"x\" in row 0 of partition 1");
        assertThat(relu.setHandleInvalid("skip").transform(frame).count()).isEqualTo(1);
        assertThat(relu.setHandleInvalid("keep")
                        .transform(frame)
                        .where("out is null")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aRowIsInvalidIfOneOfItsInputsIs() {
        StructType schema = new StructType().add("a", SQLDataTypes.VectorType()).add("b", "double");
        Dataset<Row> frame = Frames.of(
                schema,
                List.of(List.of(
                        RowFactory.create(Vectors.dense(1), 2.0),
                        RowFactory.create(Vectors.dense(1), null),
                        RowFactory.create(null, 4.0),
                        RowFactory.create(Vectors.dense(5), 6.0))));
        Layer product = new Product().setInputCols("a", "b").setOutputCol("out");
        assertThatThrownBy(() -> product.transform(frame).collectAsList())
                .rootCause()
                .hasMessageContaining("expects a number, got null in column \"b\" in row 1 of partition 0");
        // The mean of b is 4.
        assertThat(Frames.column(product.setHandleInvalid("skip").transform(frame), "out"))
                .containsExactly(Vectors.dense(-2), Vectors.dense(26));
        assertThat(Frames.column(product.setHandleInvalid("keep").transform(frame), "out"))
                .containsExactly(Vectors.dense(-2), null, null, Vectors.dense(26));
    }

    @ParameterizedTest
    @ValueSource(strings = {"skip", "keep"})
    void aFrameOfNullsOnlyIsNoError(String mode) {
        Dataset<Row> frame = Frames.of(Frames.FEATURES, null, null);
        for (Layer layer : List.of(new Relu(), new CenteredLayer(), new Linear(2, 1))) {
            Dataset<Row> scored = layer.setInputCol("features")
                    .setOutputCol("out")
                    .setHandleInvalid(mode)
                    .transform(frame);
            assertThat(scored.where("out is null").count()).isEqualTo(mode.equals("keep") ? 2 : 0);
        }
    }

    @Test
    void otherModesAreRefused() {
        assertThatThrownBy(() -> new Relu().setHandleInvalid("drop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("handleInvalid")
                .hasMessageContaining("drop");
    }
}
