package io.sparknn.train;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Layer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import io.sparknn.train.rows.TrainingColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Frames to train on, and the shortest way to do it. */
final class Fits {
    private static final StructType SCHEMA = new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", SQLDataTypes.VectorType())
            .add("class", "double")
            .add("weight", "double")
            .add("isValidation", "boolean");

    private Fits() {}

    /** The states that fits have left in a directory. */
    static List<Path> checkpoints(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("epoch-"))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // one was deleted while it was looked at
        }
    }

    /** Rows with vector labels. */
    static Dataset<Row> regression(Tensor input, Tensor target, int partitions) {
        int rows = input.size(0);
        List<Row> list = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            list.add(RowFactory.create(vector(input, row), vector(target, row), 0.0, 1.0, false));
        }
        return frame(list, partitions);
    }

    private static Vector vector(Tensor matrix, int row) {
        double[] values = new double[matrix.size(1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.get(row, i);
        }
        return Vectors.dense(values);
    }

    /** Points around one centre a class: learnable, not perfectly. Each fifth row is for validation, weights differ. */
    static Dataset<Row> blobs(int rows, int width, int classes, int partitions) {
        SplittableRandom random = new SplittableRandom(5);
        double[][] centres = new double[classes][width];
        for (double[] centre : centres) {
            for (int i = 0; i < width; i++) {
                centre[i] = random.nextDouble() * 2 - 1;
            }
        }
        List<Row> list = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int label = random.nextInt(classes);
            double[] values = new double[width];
            for (int i = 0; i < width; i++) {
                values[i] = centres[label][i] + random.nextDouble() * 2 - 1;
            }
            Vector features = row % 3 == 0 ? Vectors.dense(values).toSparse() : Vectors.dense(values);
            list.add(RowFactory.create(
                    features, Vectors.dense(values[0]), (double) label, 0.5 + random.nextDouble(), row % 5 == 4));
        }
        return frame(list, partitions);
    }

    static Dataset<Row> frame(List<Row> rows, int partitions) {
        SparkSession session = SharedSpark.session();
        return session.createDataFrame(
                JavaSparkContext.fromSparkContext(session.sparkContext()).parallelize(rows, partitions), SCHEMA);
    }

    static TrainingColumns classes(int width, int classes) {
        return columns(width, "class", classes, 1, null, null);
    }

    static TrainingColumns values(int width, int labelWidth) {
        return columns(width, "label", 0, labelWidth, null, null);
    }

    static TrainingColumns columns(
            int width, String label, int classes, int labelWidth, String weight, String validation) {
        return new TrainingColumns(
                "Trainer(test)",
                new String[] {"features"},
                new Shape[] {Shape.of(Shape.UNKNOWN, width)},
                label,
                classes,
                labelWidth,
                weight,
                validation,
                "error");
    }

    static TrainingResult fit(Layer network, TrainingOptions options, Dataset<Row> rows, TrainingColumns columns) {
        return new Trainer("Trainer(test)", network, options, epoch -> {}).fit(rows, columns);
    }

    /** All weights of a network, one after the other. */
    static float[] weights(Layer network) {
        int size = (int) network.numParameters();
        float[] all = new float[size];
        int[] at = {0};
        network.parameters().values().forEach(parameter -> {
            float[] values = parameter.value().toArray();
            System.arraycopy(values, 0, all, at[0], values.length);
            at[0] += values.length;
        });
        return all;
    }
}
