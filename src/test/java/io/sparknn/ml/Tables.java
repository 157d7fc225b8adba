package io.sparknn.ml;

import io.sparknn.SharedSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Small DataFrames to learn from. */
final class Tables {
    static final StructType CLASSES =
            new StructType().add("label", DataTypes.DoubleType).add("features", SQLDataTypes.VectorType());

    private Tables() {}

    static Dataset<Row> of(StructType schema, Row... rows) {
        return SharedSpark.session()
                .createDataFrame(Arrays.asList(rows), schema)
                .coalesce(1);
    }

    /** Rows of two features, labelled by what is given. */
    static Dataset<Row> labelled(Double... labels) {
        List<Row> rows = new ArrayList<>();
        Random random = new Random(3);
        for (Double label : labels) {
            rows.add(RowFactory.create(label, Vectors.dense(random.nextGaussian(), random.nextGaussian())));
        }
        return of(CLASSES, rows.toArray(new Row[0]));
    }

    /** Points in three clouds, numbered by cloud, in three partitions. */
    static Dataset<Row> clouds(int rows) {
        Random random = new Random(5);
        List<Row> points = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int cloud = i % 3;
            double x = Math.cos(2 * cloud) * 3 + random.nextGaussian();
            double y = Math.sin(2 * cloud) * 3 + random.nextGaussian();
            points.add(RowFactory.create((double) cloud, Vectors.dense(x, y)));
        }
        return SharedSpark.session().createDataFrame(points, CLASSES).repartition(3);
    }

    /** Points (x, y) and 2 x - y + 0.5 of them. */
    static Dataset<Row> line(int rows) {
        Random random = new Random(7);
        List<Row> points = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            points.add(RowFactory.create(2 * x - y + 0.5, Vectors.dense(x, y)));
        }
        return SharedSpark.session().createDataFrame(points, CLASSES).repartition(3);
    }
}
