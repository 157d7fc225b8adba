package io.sparknn.nn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparknn.SharedSpark;
import io.sparknn.nn.layers.Embedding;
import io.sparknn.nn.layers.Gru;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Function1;

/** Rows read as Spark stores them, against the same rows read as users see them. */
final class StoredColumnTest {
    private static final int ROWS = 600;

    @AfterEach
    void useTheOperator() {
        SharedSpark.session().conf().unset(Scoring.SETTING);
    }

    private static Layer relu() {
        return new Relu();
    }

    private static Layer embedding() {
        return new Embedding(9, 2);
    }

    private static Layer gru() {
        return new Gru(2, 3);
    }

    private static Arguments column(String type, Supplier<Layer> layer, String expression) {
        return Arguments.of(type + ": " + expression, layer, expression);
    }

    private static Arguments number(String kind, Supplier<Layer> layer, String type, String expression) {
        return column(kind, layer, "cast(" + expression + " as " + type + ")");
    }

    private static Arguments numbers(String kind, Supplier<Layer> layer, String type, String expression) {
        return column(kind, layer, "transform(" + expression + ", e -> cast(e as " + type + "))");
    }

    static Stream<Arguments> columns() {
        Stream<Arguments> numbers = Stream.of(
                        "double", "float", "bigint", "int", "smallint", "tinyint", "decimal(9,2)", "decimal(30,2)")
                .flatMap(type -> Stream.of(
                        number("number", StoredColumnTest::relu, type, "if(id = 400, null, id % 90 - 7)"),
                        numbers("array", StoredColumnTest::relu, type, "array(id % 80, 2, -3)")));
        Stream<Arguments> kinds = Stream.of("double", "float", "int")
                .flatMap(type -> Stream.of(
                        number("id", StoredColumnTest::embedding, type, "if(id = 400, 10, id % 9)"),
                        numbers("array", StoredColumnTest::relu, type, "if(id = 400, array(1), array(1, id % 70))"),
                        numbers("array", StoredColumnTest::relu, type, "array(1, if(id = 400, null, id % 70))"),
                        numbers(
                                "ids",
                                StoredColumnTest::embedding,
                                type,
                                "slice(array(id % 9, 2, 4), 1, cast(id % 4 as int))"),
                        numbers("ids", StoredColumnTest::embedding, type, "array(5, if(id = 400, -1, 4))"),
                        column(
                                "series",
                                StoredColumnTest::gru,
                                "transform(slice(array(1, 2, 3), 1, cast(1 + id % 3 as int)), e -> array(cast(e as "
                                        + type + "), cast(id % 5 as " + type + ")))")));
        Stream<Arguments> others = Stream.of(
                column("boolean", StoredColumnTest::relu, "id % 3 = 1"),
                column("number", StoredColumnTest::relu, "if(id = 400, double('NaN'), id / 7)"),
                column("number", StoredColumnTest::relu, "if(id = 400, 1e300, id / 7)"),
                column("id", StoredColumnTest::embedding, "if(id = 400, 2.0000000001D, double(id % 9))"),
                column("ids", StoredColumnTest::embedding, "array(3D, if(id = 400, 2.0000000001D, double(id % 9)))"),
                column("array", StoredColumnTest::relu, "array(1e-300, id / 7, if(id = 400, float('-Infinity'), 1))"),
                column("series", StoredColumnTest::gru, "array(array(1, id), if(id = 400, null, array(2, 3)))"),
                column("series", StoredColumnTest::gru, "array(array(1, id), if(id = 400, array(2), array(2, 3)))"),
                column("series", StoredColumnTest::gru, "array(array(1, id), array(2, if(id = 400, null, 3)))"),
                column("series", StoredColumnTest::gru, "if(id = 400, array(), array(array(1, id)))"));
        return Stream.of(numbers, kinds, others).flatMap(all -> all);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("columns")
    void givesTheSame(String name, Supplier<Layer> layer, String expression) {
        Dataset<Row> frame = SharedSpark.session()
                .range(0, ROWS, 1, 2)
                .select(col("id"), expr(expression).as("x"));
        for (String mode : List.of("error", "skip", "keep")) {
            Layer stage = layer.get().setInputCol("x").setOutputCol("out").setHandleInvalid(mode);
            assertSame(stage, frame);
        }
    }

    private static void assertSame(Layer stage, Dataset<Row> frame) {
        Object operator = outcome(stage, frame);
        SharedSpark.session().conf().set(Scoring.SETTING, "rows");
        assertThat(operator).isEqualTo(outcome(stage, frame));
        SharedSpark.session().conf().unset(Scoring.SETTING);
    }

    /** The rows, or what is wrong with one. */
    private static Object outcome(Layer stage, Dataset<Row> frame) {
        Object[] rows = new Object[1];
        Throwable thrown = catchThrowable(() -> rows[0] = stage.transform(frame).collectAsList());
        while (thrown != null && thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        return thrown == null ? rows[0] : thrown.getMessage();
    }

    /** The assembler makes vectors of many zeros sparse. */
    @ParameterizedTest
    @ValueSource(strings = {"id / 7", "if(id = 400, double('NaN'), id / 7)", "if(id = 400, 1e300, id / 7)"})
    void vectorsGiveTheSame(String value) {
        Dataset<Row> numbers = SharedSpark.session().range(0, ROWS, 1, 2).selectExpr("id", value + " as a");
        String[] inputs = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
        for (int i = 1; i < inputs.length; i++) {
            numbers = numbers.withColumn(inputs[i], expr("if(id % 2 = 0, id + " + i + ", 0)"));
        }
        Dataset<Row> frame = new VectorAssembler()
                .setInputCols(inputs)
                .setOutputCol("x")
                .setHandleInvalid("keep")
                .transform(numbers);
        List<Row> rows = frame.select("x").collectAsList();
        assertThat(rows.stream().map(row -> row.get(0).getClass()).distinct()).hasSize(2);
        for (String mode : List.of("error", "skip", "keep")) {
            Layer linear =
                    new Linear(12, 3).setInputCol("x").setOutputCol("out").setHandleInvalid(mode);
            assertSame(linear, frame);
            assertSame(linear, frame.withColumn("x", expr("if(id = 500, null, x)")));
            // One partition, for several have no first bad row.
            Dataset<Row> narrow = Frames.random(3, 4, 1).select("features");
            assertSame(linear, frame.select("x").union(narrow).coalesce(1));
        }
        assertSame(embedding().setInputCol("x").setOutputCol("out").setHandleInvalid("skip"), frame);
    }

    /** Operators may give rows of objects, too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("columns")
    void rowsOfObjectsAreRead(String name, Supplier<Layer> layer, String expression) {
        Dataset<Row> frame = SharedSpark.session()
                .range(395, 405, 1, 1)
                .select(expr(expression).as("x"));
        Layer stage = layer.get().setInputCol("x");
        Inputs inputs = Inputs.of("", stage, stage.stageParams(), frame.schema());
        InputColumn column = inputs.with(0, inputs.shapes(frame, "error")).columns()[0];
        StoredColumn stored =
                new StoredColumn(column, 0, frame.schema().fields()[0].dataType());
        Function1<Object, Object> converter = CatalystTypeConverters.createToCatalystConverter(frame.schema());
        for (Row row : frame.collectAsList()) {
            InternalRow objects = (InternalRow) converter.apply(row);
            float[] expected = new float[16];
            float[] actual = new float[16];
            InputColumn.Problem problem = column.read(row, expected, 0);
            assertThat(stored.read(objects, actual, 0)).isEqualTo(problem);
            assertThat(stored.elements(objects)).isEqualTo(column.elements(row));
            if (problem == null) {
                assertThat(actual).containsExactly(expected);
            } else {
                assertThat(stored.column().complaint(stored.shown(objects), problem))
                        .isEqualTo(column.complaint(row, problem));
            }
        }
    }
}
