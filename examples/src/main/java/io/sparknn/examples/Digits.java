package io.sparknn.examples;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Images of digits with labels, in columns {@code set}, {@code index}, {@code pixels} and {@code label}. */
public final class Digits {
    private static final StructType IMAGES =
            new StructType().add("set", "string").add("index", "int").add("pixels", SQLDataTypes.VectorType());

    private static final StructType LABELS =
            new StructType().add("set", "string").add("index", "int").add("label", "double");

    private static final int DRAWN = 4000;

    private Digits() {}

    /** Digits to train on: those of a folder, or drawn ones without; the pixels are in the column {@code features}. */
    static Dataset<Row> of(SparkSession spark, String folder) {
        return (folder == null ? draw(spark, DRAWN) : read(spark, folder)).withColumnRenamed("pixels", "features");
    }

    /**
     * The digits in a folder of IDX files, as MNIST's: {@code SET-images-idx3-ubyte} and {@code SET-labels-idx1-ubyte},
     * with {@code .gz} or without. Executors read the files, and image and label meet by set and index.
     *
     * @param spark the session
     * @param folder where they are
     * @return columns set, index, pixels and label
     */
    public static Dataset<Row> read(SparkSession spark, String folder) {
        Dataset<Row> images =
                files(spark, folder, "*-images-idx3-ubyte*").flatMap(new ReadImages(), Encoders.row(IMAGES));
        Dataset<Row> labels =
                files(spark, folder, "*-labels-idx1-ubyte*").flatMap(new ReadLabels(), Encoders.row(LABELS));
        // As many partitions as there are cores to work on them; by index, so that each has rows of the whole file.
        int partitions = spark.sparkContext().defaultParallelism();
        return images.join(labels.hint("broadcast"), new String[] {"set", "index"}, "left")
                .repartition(partitions, col("index"));
    }

    private static Dataset<Row> files(SparkSession spark, String folder, String pattern) {
        return spark.read()
                .format("binaryFile")
                .option("pathGlobFilter", pattern)
                .load(folder)
                .select("path", "content");
    }

    /**
     * Digits drawn by the executors, the same in every run.
     *
     * @param spark the session
     * @param count how many
     * @return columns set, index, pixels and label
     */
    public static Dataset<Row> draw(SparkSession spark, int count) {
        StructType digits = IMAGES.add("label", "double");
        return spark.range(0, count, 1, spark.sparkContext().defaultParallelism())
                .map(new Draw(), Encoders.row(digits));
    }

    /**
     * MNIST says itself what is to train; of a single set, it is the first four fifths in the order of the file.
     *
     * @param digits columns set and index
     * @param count of them
     * @return a condition
     */
    public static Column toTrain(Dataset<Row> digits, long count) {
        boolean isSingle = digits.select("set").distinct().count() == 1;
        return isSingle ? col("index").lt(count * 4 / 5) : col("set").equalTo("train");
    }

    private static String set(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("-(images|labels)-.*", "");
    }

    private static final class ReadImages implements FlatMapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Row file) throws IOException {
            IdxFile images = IdxFile.of(file.getString(0), file.getAs(1));
            return IntStream.range(0, images.count())
                    .mapToObj(i -> RowFactory.create(set(file.getString(0)), i, images.pixels(i)))
                    .iterator();
        }
    }

    private static final class ReadLabels implements FlatMapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Row file) throws IOException {
            IdxFile labels = IdxFile.of(file.getString(0), file.getAs(1));
            return IntStream.range(0, labels.count())
                    .mapToObj(i -> RowFactory.create(set(file.getString(0)), i, labels.label(i)))
                    .iterator();
        }
    }

    private static final class Draw implements MapFunction<Long, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Row call(Long index) {
            int digit = (int) (index * 7 % 10);
            return RowFactory.create("drawn", index.intValue(), Glyphs.draw(digit, index), (double) digit);
        }
    }
}
