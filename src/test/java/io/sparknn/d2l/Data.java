package io.sparknn.d2l;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Layer;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Matrices of the same numbers every time, and the same matrices as DataFrames. */
final class Data {
    private Data() {}

    /** Normal numbers, fixed by the seed. */
    static Tensor normal(long seed, int... shape) {
        Shape of = Shape.of(shape);
        RandomStream random = RandomStream.of(seed, "data");
        float[] values = new float[of.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.normal();
        }
        return Tensor.of(values, of);
    }

    /** The rows of a matrix as the column {@code features}, in order; with more partitions than rows, some are empty. */
    static Dataset<Row> frame(Tensor matrix, int partitions) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < matrix.size(0); i++) {
            double[] row = new double[matrix.size(1)];
            for (int j = 0; j < row.length; j++) {
                row[j] = matrix.get(i, j);
            }
            rows.add(RowFactory.create(Vectors.dense(row)));
        }
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        StructType schema = new StructType().add("features", SQLDataTypes.VectorType());
        return SharedSpark.session().createDataFrame(context.parallelize(rows, partitions), schema);
    }

    /** A column of vectors as a matrix, in the order of the rows. */
    static Tensor matrix(Dataset<Row> rows, String column) {
        return Tensor.of(rows.select(column).collectAsList().stream()
                .map(row -> ((Vector) row.get(0)).toArray())
                .toArray(double[][]::new));
    }

    /** The output of a layer for the rows of a matrix in a number of partitions. */
    static Tensor scored(Layer layer, Tensor matrix, int partitions) {
        layer.setInputCol("features").setOutputCol("out");
        return matrix(layer.transform(frame(matrix, partitions)), "out");
    }
}
