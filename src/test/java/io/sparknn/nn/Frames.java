package io.sparknn.nn;

import io.sparknn.SharedSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** DataFrames whose partitions are known, and the bits of their columns. */
final class Frames {
    static final StructType FEATURES = new StructType().add("features", SQLDataTypes.VectorType());

    private Frames() {}

    /** A DataFrame of exactly these partitions. */
    static Dataset<Row> of(StructType schema, List<List<Row>> partitions) {
        SparkSession session = SharedSpark.session();
        JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(session.sparkContext())
                .parallelize(new ArrayList<>(partitions), partitions.size())
                .flatMap(List::iterator);
        return session.createDataFrame(rows, schema);
    }

    /** One partition of one column. */
    static Dataset<Row> of(StructType schema, Object... values) {
        return of(schema, List.of(rows(values)));
    }

    static Dataset<Row> vectors(Vector... vectors) {
        return of(FEATURES, (Object[]) vectors);
    }

    /** Rows of one value each. */
    static List<Row> rows(Object... values) {
        List<Row> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(RowFactory.create(value));
        }
        return rows;
    }

    /** Rows (id, features) of normal numbers dealt to partitions of uneven size, each third one of them empty. */
    static Dataset<Row> random(int rows, int width, int partitions) {
        StructType schema = new StructType().add("id", "int").add("features", SQLDataTypes.VectorType());
        List<List<Row>> dealt = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            dealt.add(new ArrayList<>());
        }
        List<List<Row>> used = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            if (i % 3 != 1) {
                used.add(dealt.get(i));
            }
        }
        float[] values = randomValues(rows, width);
        for (int row = 0; row < rows; row++) {
            double[] vector = new double[width];
            for (int i = 0; i < width; i++) {
                vector[i] = values[row * width + i];
            }
            // Contiguous and uneven: the share of a partition grows with its number.
            int at = (int) (used.size() * Math.sqrt((double) row / rows));
            used.get(at).add(RowFactory.create(row, Vectors.dense(vector)));
        }
        return of(schema, dealt);
    }

    static float[] randomValues(int rows, int width) {
        SplittableRandom random = new SplittableRandom(5);
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() * 20 - 8);
        }
        return values;
    }

    /** The vectors of a column, in the order of its rows. */
    static List<Vector> column(Dataset<Row> frame, String name) {
        List<Vector> vectors = new ArrayList<>();
        frame.select(frame.col(InputColumn.quoted(name)))
                .collectAsList()
                .forEach(row -> vectors.add((Vector) row.get(0)));
        return vectors;
    }

    /** The values of a column of vectors, row after row. */
    static float[] values(Dataset<Row> frame, String name) {
        List<Vector> vectors = column(frame, name);
        double[] all = vectors.stream()
                .flatMapToDouble(v -> Arrays.stream(v.toArray()))
                .toArray();
        float[] values = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            values[i] = (float) all[i];
        }
        return values;
    }
}
