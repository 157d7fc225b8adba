package io.sparknn.examples.benchmarks;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.not;

import io.sparknn.examples.Digits;
import io.sparknn.examples.Rows;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What rows are measured with: the session, digits, and the peers. */
final class Setting implements AutoCloseable {
    /** How many rows there are to score. */
    static final int ROWS = 80_000;

    private static final int DRAWN = 10_000;

    private final SparkSession spark;
    private final String folder;
    private final String python;
    private Torch torch;
    private Dataset<Row> rows;
    private Dataset<Row> train;
    private Dataset<Row> test;

    /** A folder of digits, or null for made-up ones. */
    Setting(SparkSession spark, String folder, String python) {
        this.spark = spark;
        this.folder = folder;
        this.python = python;
    }

    SparkSession spark() {
        return spark;
    }

    String folder() {
        return folder;
    }

    String python() {
        return python;
    }

    /** 80,000 rows to score: features of 784 numbers, and ten columns of strings, s0 to s9; cached. */
    Dataset<Row> rows() {
        if (rows == null) {
            rows = Rows.random(spark, ROWS, Networks.INPUTS, 8);
            for (int i = 0; i < 10; i++) {
                rows = rows.withColumn("s" + i, expr("concat('text ', hash(id, " + i + "))"));
            }
            rows = rows.drop("id").cache();
            rows.count();
        }
        return rows;
    }

    /** Digits to train on, four fifths of them, cached; columns features and label. */
    Dataset<Row> train() {
        split();
        return train;
    }

    Dataset<Row> test() {
        split();
        return test;
    }

    private void split() {
        if (train != null) {
            return;
        }
        if (rows != null) {
            rows.unpersist();
            rows = null;
        }
        Dataset<Row> digits = (folder == null ? Digits.draw(spark, DRAWN) : Digits.read(spark, folder))
                .withColumnRenamed("pixels", "features")
                .cache();
        Column toTrain = Digits.toTrain(digits, digits.count());
        train = digits.where(toTrain).select("features", "label").cache();
        test = digits.where(not(toTrain)).select("features", "label").cache();
        train.count();
        test.count();
        digits.unpersist();
    }

    /** PyTorch, started when first asked for. */
    Torch torch() throws IOException {
        if (torch == null) {
            torch = Torch.start(python);
        }
        return torch;
    }

    /** What is to be said of the peers that have been asked for. */
    Map<String, String> peers() throws IOException {
        return torch == null ? Map.of() : torch.description();
    }

    /** Has all columns computed, and thrown away. */
    static void consume(Dataset<Row> data) {
        data.write().format("noop").mode("overwrite").save();
    }

    @Override
    public void close() throws IOException {
        if (torch != null) {
            torch.close();
        }
    }
}
