package io.sparknn.nn.check;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The layer as a stage over a DataFrame. */
final class StageChecks {
    private static final String OUTPUT = "output";

    private final Subject subject;
    private final SparkSession spark;
    private final Layer layer;

    private StageChecks(Subject subject, SparkSession spark) {
        this.subject = subject;
        this.spark = spark;
        this.layer = CopyChecks.given(subject);
        layer.setOutputCol(OUTPUT);
        String[] columns = columns();
        if (columns.length == 1) {
            layer.setInputCol(columns[0]);
        } else {
            layer.setInputCols(columns);
        }
    }

    static void run(Subject subject, SparkSession spark) {
        StageChecks checks = new StageChecks(subject, spark);
        checks.schema();
        checks.partitions();
        checks.saved();
        checks.wrongRows();
    }

    private String[] columns() {
        return IntStream.range(0, subject.shapes().length)
                .mapToObj(i -> "input" + i)
                .toArray(String[]::new);
    }

    private void schema() {
        Dataset<Row> data = data(2, rows());
        StructType declared = layer.transformSchema(data.schema());
        StructType real = layer.transform(data).schema();
        if (!declared.equals(real)) {
            throw Subject.broken(layer, "to give the schema that transformSchema declares, " + declared, real);
        }
    }

    private void partitions() {
        float[] one = scored(data(1, rows()));
        int empty = subject.rows() + 3;
        Subject.requireEqual("in 1 and in 7 partitions", layer, one, scored(data(7, rows())));
        Subject.requireEqual("with empty partitions", layer, one, scored(data(empty, rows())));
        float[] forward = subject.output(layer).toArray();
        for (int i = 0; i < forward.length; i++) {
            // Sums over rows are kept more exactly over a DataFrame than in one tensor.
            if (!(Math.abs(forward[i] - one[i]) <= 1e-5 + 1e-5 * Math.abs(forward[i]))) {
                throw Subject.broken(layer, "to give by transform what forward gives, " + forward[i], one[i]);
            }
        }
    }

    private void saved() {
        Path directory;
        try {
            directory = Files.createTempDirectory("layer-contract");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            String path = directory.resolve("layer").toUri().toString();
            layer.write().save(path);
            Layer loaded = Layer.load(path);
            CopyChecks.same("after saving and loading", subject, layer, loaded);
            Dataset<Row> data = data(2, rows());
            Subject.requireEqual("as a stage that was loaded", layer, scored(data), scored(loaded, data));
        } catch (IOException e) {
            throw new UncheckedIOException(layer + " cannot be saved", e);
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void wrongRows() {
        for (int column = 0; column < subject.shapes().length; column++) {
            Shape shape = subject.shapes()[column];
            refused(column, null, "got null");
            if (subject.isIds(column)) {
                // One beyond, for a table may be larger than the input needs.
                int ids = shape.ids() + 1;
                refused(column, StageColumns.id(shape, ids), "got " + StageColumns.text(shape, ids));
                continue;
            }
            int width = shape.dropFirst(shape.isRagged() ? 2 : 1).size();
            // Rows of any number of elements may have any size, if the elements have one value each.
            if (!shape.isRagged() || width > 1) {
                refused(column, Vectors.zeros(width + 1), "got " + (width + 1));
            }
        }
    }

    /** A wrong value in the last row must be refused with layer, value and column. */
    private void refused(int column, Object wrong, String actual) {
        List<Row> rows = rows();
        Row last = rows.get(rows.size() - 1);
        Object[] values = IntStream.range(0, last.size()).mapToObj(last::get).toArray();
        values[column + 1] = wrong;
        rows.set(rows.size() - 1, RowFactory.create(values));
        String expected = actual + " in column \"input" + column + "\"";
        String message = "no error";
        try {
            scored(data(2, rows));
        } catch (Exception e) { // Spark throws checked ones that its signatures do not tell
            message = messages(e);
        }
        if (!message.contains(expected) || !message.contains(layer.uid())) {
            throw Subject.broken(layer, "to refuse a wrong row by its name and \"" + expected + "\"", message);
        }
    }

    private static String messages(Throwable error) {
        StringBuilder messages = new StringBuilder();
        for (Throwable at = error; at != null; at = at.getCause()) {
            messages.append(at.getMessage()).append('\n');
        }
        return messages.toString();
    }

    private float[] scored(Dataset<Row> data) {
        return scored(layer, data);
    }

    private static float[] scored(Layer layer, Dataset<Row> data) {
        List<Row> rows = layer.transform(data).select("row", OUTPUT).collectAsList();
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingInt(row -> row.getInt(0)));
        return floats(sorted);
    }

    private static float[] floats(List<Row> rows) {
        double[] all = rows.stream()
                .flatMapToDouble(row -> Arrays.stream(((Vector) row.get(1)).toArray()))
                .toArray();
        float[] values = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            values[i] = (float) all[i];
        }
        return values;
    }

    private List<Row> rows() {
        Tensor[] x = subject.inputs(0);
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < subject.rows(); row++) {
            Object[] values = new Object[x.length + 1];
            values[0] = row;
            for (int i = 0; i < x.length; i++) {
                values[i + 1] = StageColumns.value(subject.shapes()[i], Subject.rows(x[i], row, row + 1));
            }
            rows.add(RowFactory.create(values));
        }
        return rows;
    }

    private Dataset<Row> data(int partitions, List<Row> rows) {
        StructType schema = new StructType().add("row", DataTypes.IntegerType, false);
        for (int i = 0; i < subject.shapes().length; i++) {
            schema = schema.add(StageColumns.field("input" + i, subject.shapes()[i]));
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spark.createDataFrame(context.parallelize(rows, partitions), schema);
    }
}
