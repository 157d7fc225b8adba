package io.sparknn.examples;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** DataFrames of made-up numbers, made where they are needed, and what the examples say about a DataFrame. */
public final class Rows {
    private Rows() {}

    /**
     * Rows with a column {@code features} of numbers in [0, 1), the same in every run.
     *
     * @param spark the session
     * @param rows how many rows
     * @param width numbers in a row
     * @param partitions how many partitions
     * @return columns {@code id} and {@code features}
     */
    public static Dataset<Row> random(SparkSession spark, long rows, int width, int partitions) {
        // By hash and not by rand(): whenever a partition is computed again, its numbers are the same.
        String numbers = "transform(sequence(1, " + width + "), i -> pmod(xxhash64(id, i), 16777216) / 16777216)";
        return spark.range(0, rows, 1, partitions)
                .withColumn("numbers", expr(numbers))
                .select(col("id"), array_to_vector(col("numbers")).as("features"));
    }

    /** The vectors of a column. */
    static List<Vector> vectors(Dataset<Row> data, String column) {
        return data.select(column).collectAsList().stream()
                .map(row -> row.<Vector>getAs(0))
                .toList();
    }

    /** The mean of all numbers in a column of vectors. */
    static double mean(Dataset<Row> data, String column) {
        return data.select(explode(vector_to_array(col(column), "float64")).as("number"))
                .agg(avg("number"))
                .first()
                .getDouble(0);
    }

    /** How many rows of which width on how many partitions. */
    static String describe(Dataset<Row> data, String column) {
        List<Vector> vectors = vectors(data, column);
        return vectors.size() + " rows of " + vectors.get(0).size() + " on "
                + data.javaRDD().getNumPartitions() + " partitions";
    }
}
