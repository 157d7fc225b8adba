package io.sparknn.ml;

import io.sparknn.nn.ColumnReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import scala.Option;

/** What is known of a column of classes: how many there are, what they are called, how many rows each has. */
final class ClassLabel {
    /** More different labels are no classes. */
    private static final int MOST = 100_000;

    private static final int SHOWN = 10;

    private final int classes;
    private final String[] names;
    private final long[] counts;

    private ClassLabel(int classes, String[] names, long... counts) {
        this.classes = classes;
        this.names = names;
        this.counts = counts;
    }

    /** The number of classes. */
    int classes() {
        return classes;
    }

    /** What a StringIndexer called the classes, or null. */
    String[] names() {
        return names;
    }

    /** Training rows of each class, if they were asked for. */
    long[] counts() {
        return counts;
    }

    /** What the column's metadata tell: null if they do not tell the number of classes. */
    static ClassLabel ofMetadata(StructField field) {
        if (!(field.dataType() instanceof NumericType)) {
            return null;
        }
        Attribute attribute = Attribute.fromStructField(field);
        String[] names = null;
        int classes = 0;
        if (attribute instanceof NominalAttribute nominal) {
            names = orNull(nominal.values());
            Object number = orNull(nominal.getNumValues());
            classes = number == null ? 0 : (Integer) number;
        } else if (attribute instanceof BinaryAttribute binary) {
            names = orNull(binary.values());
            classes = 2;
        }
        return classes < 2 ? null : new ClassLabel(classes, names);
    }

    private static <T> T orNull(Option<T> option) {
        return option.isDefined() ? option.get() : null;
    }

    /**
     * What metadata tell, else what one job over the column finds.
     *
     * @param validation the column that is true in rows for validation, or null
     * @param counted whether rows of each class are counted even if metadata tell their number
     * @param skip whether labels that are null or NaN are left out
     */
    static ClassLabel of(
            String who, Dataset<?> dataset, String column, String validation, boolean counted, boolean skip) {
        ClassLabel known = ofMetadata(dataset.schema().apply(column));
        if (known != null && !counted) {
            return known;
        }
        Column label = ColumnReader.column(dataset, column).cast("double");
        Column training = validation == null
                ? functions.lit(1)
                : functions.when(ColumnReader.column(dataset, validation), 0).otherwise(1);
        // As an RDD: a grouping in SQL costs a shuffle and a second of planning and compiling on a fresh session.
        Map<Double, Long> rows = new HashMap<>();
        dataset.select(label, training)
                .javaRDD()
                .mapPartitions(new LabelCount(MOST))
                .collect()
                .forEach(found -> found.forEach((value, count) -> rows.merge(value, count, Long::sum)));
        return new Found(who, column, skip).of(known, rows);
    }

    /** Checks labels that a job found. */
    private static final class Found {
        private final String who;
        private final String column;
        private final boolean skip;

        Found(String who, String column, boolean skip) {
            this.who = who;
            this.column = column;
            this.skip = skip;
        }

        ClassLabel of(ClassLabel known, Map<Double, Long> rows) {
            if (rows.isEmpty()) {
                throw new IllegalArgumentException(who + " expects rows, got an empty DataFrame; fit it on data");
            }
            if (!skip && (rows.containsKey(null) || rows.containsKey(Double.NaN))) {
                throw refused(
                        "a label in every row",
                        rows.containsKey(null) ? "null" : "NaN",
                        "drop such rows, or setHandleInvalid(\"skip\")");
            }
            rows.remove(null);
            rows.remove(Double.NaN);
            double[] labels = rows.keySet().stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            check(labels);
            int classes = known == null ? labels.length : known.classes;
            if (labels[labels.length - 1] > classes - 1) {
                throw refused("labels from 0 to " + (classes - 1), text(labels), "index them with StringIndexer");
            }
            long[] counts = new long[classes];
            rows.forEach((value, count) -> counts[value.intValue()] = count);
            return new ClassLabel(classes, known == null ? null : known.names, counts);
        }

        private void check(double... labels) {
            if (labels.length == 0) {
                throw refused("labels", "only null or NaN", "name another column");
            }
            for (double label : labels) {
                if (label != Math.rint(label) || label < 0 || label > Integer.MAX_VALUE) {
                    throw refused(
                            "whole numbers from 0 as labels",
                            String.valueOf(label),
                            "index them with StringIndexer, or use NeuralNetworkRegressor for numbers");
                }
            }
            if (labels.length > MOST) {
                throw refused("at most " + MOST + " classes", "more", "use NeuralNetworkRegressor for numbers");
            }
            if (labels.length == 1) {
                throw refused("two classes or more", "only " + text(labels), "fit it on rows of all classes");
            }
            if (labels[labels.length - 1] >= labels.length) {
                // a class may be missing from a fold: metadata tell of it then
                throw refused("all labels from 0 to K - 1", text(labels), "index them with StringIndexer");
            }
        }

        private IllegalArgumentException refused(String expected, String got, String remedy) {
            return new IllegalArgumentException(
                    who + " expects " + expected + ", got " + got + " in column \"" + column + "\"; " + remedy);
        }

        private static String text(double... labels) {
            String some = Arrays.toString(Arrays.copyOf(labels, Math.min(labels.length, SHOWN)));
            return labels.length > SHOWN ? some.replace("]", ", ...]") : some;
        }
    }
}
