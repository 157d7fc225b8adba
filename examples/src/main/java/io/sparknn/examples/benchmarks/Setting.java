package io.sparknn.examples.benchmarks;

import static org.apache.spark.sql.functions.not;

import io.sparknn.examples.Digits;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What rows are measured with: the session, digits, and the peers. */
final class Setting implements AutoCloseable {
    private static final int DRAWN = 10_000;

    private final SparkSession spark;
    private final String folder;
    private final String python;
    private Torch torch;
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
