package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import io.sparknn.nn.CustomLayers.Product;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of column that a layer reads. */
final class InputColumnsTest {
    private static final int WIDTH = 37;

    private static Layer linear() {
        Layer linear = new Linear(WIDTH, 5).setInputCol("features").setOutputCol("out");
        linear.parameter("weight").set(Tensor.of(Frames.randomValues(5, WIDTH), io.sparknn.tensor.Shape.of(5, WIDTH)));
        linear.parameter("bias").set(Tensor.zeros(5));
        return linear;
    }

    /** Every second entry is 0, so that sparse vectors hold fewer values than dense ones. */
    private static List<double[]> arrays() {
        float[] values = Frames.randomValues(600, WIDTH);
        List<double[]> arrays = new ArrayList<>();
        for (int row = 0; row < 600; row++) {
            double[] array = new double[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                array[i] = (i + row) % 2 == 0 ? 0 : values[row * WIDTH + i];
            }
            arrays.add(array);
        }
        return arrays;
    }

    private static Dataset<Row> scored(DataType type, java.util.function.IntFunction<Object> value) {
        Object[] rows = java.util.stream.IntStream.range(0, 600).mapToObj(value).toArray();
        return linear().transform(Frames.of(new StructType().add("features", type), rows));
    }

    @Test
    void sparseAndDenseRowsAmongEachOtherGiveTheBitsOfDenseOnes() {
        List<double[]> arrays = arrays();
        Dataset<Row> dense = scored(SQLDataTypes.VectorType(), i -> Vectors.dense(arrays.get(i)));
        Dataset<Row> mixed = scored(SQLDataTypes.VectorType(), i -> {
            Vector vector = Vectors.dense(arrays.get(i));
            return i % 3 == 0 ? vector : vector.toSparse();
        });
        assertThat(Frames.column(mixed, "out")).isEqualTo(Frames.column(dense, "out"));
    }

    @Test
    void arraysGiveTheBitsOfVectors() {
        List<double[]> arrays = arrays();
        Dataset<Row> dense = scored(SQLDataTypes.VectorType(), i -> Vectors.dense(arrays.get(i)));
        Dataset<Row> doubles = scored(DataTypes.createArrayType(DataTypes.DoubleType), i -> boxed(arrays.get(i)));
        Dataset<Row> floats = scored(
                DataTypes.createArrayType(DataTypes.FloatType),
                i -> Stream.of(boxed(arrays.get(i))).map(Double::floatValue).toArray(Float[]::new));
        assertThat(Frames.column(doubles, "out")).isEqualTo(Frames.column(dense, "out"));
        new JavaDataFrameSuiteBase().assertDataFrameDataEquals(dense.select("out"), floats.select("out"));
    }

    @Test
    void arraysOfWholeNumbersAreRead() {
        Dataset<Row> ints =
                scored(DataTypes.createArrayType(DataTypes.IntegerType), i -> java.util.stream.IntStream.range(0, WIDTH)
                        .mapToObj(j -> i + j)
                        .toArray(Integer[]::new));
        Dataset<Row> dense = scored(
                SQLDataTypes.VectorType(),
                i -> Vectors.dense(java.util.stream.IntStream.range(i, i + WIDTH)
                        .asDoubleStream()
                        .toArray()));
        assertThat(Frames.column(ints, "out")).isEqualTo(Frames.column(dense, "out"));
    }

    private static Double[] boxed(double... values) {
        return java.util.Arrays.stream(values).boxed().toArray(Double[]::new);
    }

    static Stream<Object[]> numbers() {
        return Stream.of(
                new Object[] {"byte", (byte) 3},
                new Object[] {"short", (short) 3},
                new Object[] {"int", 3},
                new Object[] {"bigint", 3L},
                new Object[] {"float", 3f},
                new Object[] {"double", 3.0},
                new Object[] {"decimal(10,2)", new BigDecimal("3.00")});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void numbersAreVectorsOfOne(String type, Object three) {
        Dataset<Row> frame = Frames.of(new StructType().add("x", type), three);
        Dataset<Row> scored = new Relu().setInputCol("x").setOutputCol("out").transform(frame);
        assertThat(Frames.column(scored, "out")).containsExactly(Vectors.dense(3));
    }

    @Test
    void truthIsOne() {
        Dataset<Row> frame = Frames.of(new StructType().add("x", "boolean"), true, false);
        Dataset<Row> scored = new Relu().setInputCol("x").setOutputCol("out").transform(frame);
        assertThat(Frames.column(scored, "out")).containsExactly(Vectors.dense(1), Vectors.dense(0));
    }

    @Test
    void aLayerOfTwoInputsReadsTwoColumns() {
        StructType schema = new StructType()
                .add("other", "string")
                .add("a", SQLDataTypes.VectorType())
                .add("b", DataTypes.createArrayType(DataTypes.FloatType));
        Dataset<Row> frame = Frames.of(
                schema,
                List.of(
                        List.of(RowFactory.create("x", Vectors.dense(1, 2), new Float[] {3f, 4f})),
                        List.of(),
                        List.of(RowFactory.create("y", Vectors.dense(5, 6), new Float[] {7f, 8f}))));
        Dataset<Row> scored =
                new Product().setInputCols("a", "b").setOutputCol("out").transform(frame);
        // The mean of b is 5.5.
        assertThat(Frames.column(scored, "out")).containsExactly(Vectors.dense(-2.5, 2.5), Vectors.dense(29.5, 42.5));
    }

    @Test
    void othersAreRefusedByNameAndType() {
        Dataset<Row> frame = Frames.of(new StructType().add("x", "string"), "a");
        assertThatThrownBy(() -> new Relu().setInputCol("x").transform(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("Relu\\(.*\\) expects a column of vectors, arrays of numbers, or numbers, got \"x\""
                        + " of string; assemble a vector first");
    }
}
