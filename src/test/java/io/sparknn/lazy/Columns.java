package io.sparknn.lazy;

import io.sparknn.SharedSpark;
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

/** Tensors as columns, and columns as floats. */
final class Columns {
    private Columns() {}

    /** Normal numbers, the same ones every time. */
    static Tensor normal(int... shape) {
        RandomStream random = RandomStream.of(1, "columns");
        float[] values = new float[Shape.of(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.normal();
        }
        return Tensor.of(values, Shape.of(shape));
    }

    /** The rows of a tensor, flat, as the column {@code features}, in order; with partitions beyond them, empty ones. */
    static Dataset<Row> frame(Tensor x, int partitions) {
        Tensor flat = x.flatten(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < flat.size(0); i++) {
            double[] row = new double[flat.size(1)];
            for (int j = 0; j < row.length; j++) {
                row[j] = flat.get(i, j);
            }
            rows.add(RowFactory.create(Vectors.dense(row)));
        }
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        StructType schema = new StructType().add("features", SQLDataTypes.VectorType());
        return SharedSpark.session().createDataFrame(context.parallelize(rows, partitions), schema);
    }

    /** The values of a column of vectors, row after row. */
    static float[] values(Dataset<Row> frame, String column) {
        List<Float> values = new ArrayList<>();
        for (Row row : frame.select(column).collectAsList()) {
            for (double value : ((Vector) row.get(0)).toArray()) {
                values.add((float) value);
            }
        }
        float[] all = new float[values.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = values.get(i);
        }
        return all;
    }
}
