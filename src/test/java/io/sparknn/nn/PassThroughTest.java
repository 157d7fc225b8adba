package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import io.sparknn.SharedSpark;
import io.sparknn.nn.CustomLayers.CenteredLayer;
import io.sparknn.nn.layers.Relu;
import java.util.List;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What transform leaves alone: every column but the new one. */
final class PassThroughTest {
    private static Layer relu(String column) {
        return new Relu().setInputCol(column).setOutputCol("out");
    }

    private static Dataset<Row> sql(String text) {
        return SharedSpark.session().sql(text);
    }

    private static void assertOthersUnchanged(Dataset<Row> before, Dataset<Row> after) {
        StructField[] fields = after.schema().fields();
        assertThat(List.of(fields).subList(0, fields.length - 1))
                .containsExactly(before.schema().fields());
        assertThat(after.drop("out").collectAsList()).isEqualTo(before.collectAsList());
    }

    @Test
    void labelsOfAStringIndexerAreStillThere() {
        Dataset<Row> frame = sql("select * from values ('b', 1D), ('a', 2D), ('b', 3D) as t(word, x)");
        Dataset<Row> indexed = new StringIndexer()
                .setInputCol("word")
                .setOutputCol("index")
                .fit(frame)
                .transform(frame);
        Dataset<Row> scored = relu("x").transform(indexed);
        Dataset<Row> words =
                new IndexToString().setInputCol("index").setOutputCol("again").transform(scored);
        assertThat(words.where("word = again").count()).isEqualTo(3);
        assertOthersUnchanged(indexed, scored);
        new JavaDataFrameSuiteBase().assertDataFrameDataEquals(indexed, scored.drop("out"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cast(null as void)",
                "cast(1.5 as decimal(38, 10))",
                "named_struct('a', 1, 'b', named_struct('c.d', 'x', 'e', cast(null as int)))",
                "array(1, null, 3)",
                "array(array('a'), array())",
                "map('k', array(1D), 'l', null)",
                "timestamp_ntz'2020-02-03 04:05:06.789012'",
                "timestamp'2020-02-03 04:05:06.789012'",
                "timestamp'1850-02-03 04:05:06.789012'",
                "timestamp'1500-02-03 04:05:06.789012'",
                "date'2020-02-03'",
                "date'0001-01-01'",
                "interval '1-2' year to month",
                "interval '1 2:03:04.5' day to second",
                "X'00ff'",
                "cast('NaN' as float)",
                "cast('x' as varchar(3))",
                "cast(null as string)",
                "2S",
                "3Y",
                "true"
            })
    void columnsOfEveryTypePass(String expression) {
        Dataset<Row> frame = sql("select " + expression + " as before, 1D as x, " + expression + " as after");
        assertOthersUnchanged(
                frame.selectExpr("cast(before as string)", "x"),
                relu("x").transform(frame).selectExpr("cast(before as string)", "x", "out"));
        assertThat(relu("x").transform(frame).drop("out").schema()).isEqualTo(frame.schema());
    }

    @Test
    void namesMayHoldDotsAndBackticks() {
        Dataset<Row> frame = sql("select 1D as `a.b`, -2D as `c``d`, named_struct('b', 5D) as a");
        for (String name : List.of("a.b", "c`d")) {
            for (Layer layer : List.of(new Relu(), new CenteredLayer())) {
                Dataset<Row> scored =
                        layer.setInputCol(name).setOutputCol("o.u`t").transform(frame);
                assertThat(scored.columns()).containsExactly("a.b", "c`d", "a", "o.u`t");
                assertThat(Frames.column(scored, "o.u`t"))
                        .containsExactly(Vectors.dense(layer instanceof Relu && name.equals("a.b") ? 1 : 0));
            }
        }
    }

    @Test
    void namesMayBeThereTwice() {
        Dataset<Row> frame = sql("select 1 as a, 'x' as a, 3D as x, 2 as out1, 4 as OUT1");
        Dataset<Row> scored = relu("x").transform(frame);
        assertThat(scored.columns()).containsExactly("a", "a", "x", "out1", "OUT1", "out");
        assertThat(scored.collectAsList().get(0).toString()).isEqualTo("[1,x,3.0,2,4,[3.0]]");
        assertThat(Frames.column(
                        new CenteredLayer().setInputCol("x").setOutputCol("out").transform(frame), "out"))
                .containsExactly(Vectors.dense(0));
    }

    @Test
    void anInputColumnThatIsThereTwiceIsRefused() {
        Dataset<Row> frame = sql("select 1D as x, 2D as x");
        assertThatThrownBy(() -> relu("x").transform(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects one column \"x\", got 2 of that name; rename the others");
    }

    @Test
    void whatCannotBeNullStaysSo() {
        Dataset<Row> frame = sql("select id, cast(id as double) as x, cast(null as int) as n from range(3)");
        StructType schema = relu("x").transform(frame).schema();
        assertThat(schema.apply("id").nullable()).isFalse();
        assertThat(schema.apply("x").nullable()).isFalse();
        assertThat(schema.apply("n").nullable()).isTrue();
    }

    @Test
    void limitsAndOrdersHold() {
        Dataset<Row> frame = SharedSpark.session().range(0, 1000, 1, 5).selectExpr("id", "cast(id as float) as x");
        assertThat(relu("x").transform(frame.limit(7)).count()).isEqualTo(7);
        assertThat(relu("x").transform(frame).limit(7).count()).isEqualTo(7);
        List<Row> ordered = relu("x")
                .transform(frame.orderBy(org.apache.spark.sql.functions.desc("id")))
                .collectAsList();
        assertThat(ordered.get(0).getLong(0)).isEqualTo(999);
        assertThat(ordered.get(999).getLong(0)).isZero();
    }

    @Test
    void aTypedDatasetIsScoredToo() {
        Dataset<Row> scored = relu("value")
                .transform(SharedSpark.session().createDataset(List.of(-1, 2), org.apache.spark.sql.Encoders.INT()));
        assertThat(Frames.column(scored, "out")).containsExactly(Vectors.dense(0), Vectors.dense(2));
    }
}
