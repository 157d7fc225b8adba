package io.sparknn.train.rows;

import io.sparknn.nn.ColumnReader;
import io.sparknn.nn.Reading;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Turns a row into words as {@link RowLayout} says, or finds what is wrong with it. Made for each task: it keeps the row
 * it looks at.
 */
final class RowPacker {
    private final TrainingColumns columns;
    private final RowLayout layout;
    private final ColumnReader[] features;
    private final ColumnReader labels;
    private final int label;
    private final int weight;
    private final int validation;
    private final SparseVector[] sparse;
    private final int[] elements;
    private boolean mixed;
    private int length;

    RowPacker(TrainingColumns columns, RowLayout layout, StructType schema) {
        this.columns = columns;
        this.layout = layout;
        String who = columns.who();
        features = new ColumnReader[layout.widths().length];
        Shape[] shapes = columns.shapes();
        for (int i = 0; i < features.length; i++) {
            features[i] = ColumnReader.of(who, columns.features()[i], columns.reading(i), shapes[i], schema);
        }
        labels = ColumnReader.of(
                who, columns.label(), Reading.numbers(), Shape.of(Shape.UNKNOWN, columns.labelWidth()), schema);
        label = schema.fieldIndex(columns.label());
        weight = columns.weight() == null ? -1 : schema.fieldIndex(columns.weight());
        validation = columns.validation() == null ? -1 : schema.fieldIndex(columns.validation());
        sparse = new SparseVector[features.length];
        elements = new int[features.length];
        if (columns.classes() > 0) {
            checkType(schema, label, "numbers", NumericType.class, BooleanType.class);
        }
        if (weight >= 0) {
            checkType(schema, weight, "numbers", NumericType.class);
        }
        if (validation >= 0) {
            checkType(schema, validation, "booleans", BooleanType.class);
        }
    }

    private void checkType(StructType schema, int column, String expected, Class<?>... types) {
        DataType type = schema.fields()[column].dataType();
        if (Arrays.stream(types).noneMatch(each -> each.isInstance(type))) {
            throw new IllegalArgumentException(columns.who() + " expects a column of " + expected + ", got \""
                    + schema.fields()[column].name() + "\" of " + type.simpleString() + "; cast it");
        }
    }

    /** Takes a look at a row: how long it will be, and in which layout. */
    void look(Row row) {
        mixed = layout.alwaysMixed();
        long words = 1L + layout.head() + features.length;
        for (int i = 0; i < features.length; i++) {
            if (layout.ragged(i)) {
                elements[i] = features[i].elements(row);
                words += (long) elements[i] * features[i].width();
                continue;
            }
            SparseVector vector = features[i].sparse(row);
            boolean smaller = vector != null && 2L * vector.values().length < features[i].width();
            sparse[i] = smaller ? vector : null;
            mixed |= smaller;
            words += smaller ? 2L * vector.values().length : features[i].width();
        }
        if (words > RowLayout.LONGEST) {
            throw new IllegalArgumentException(columns.who() + " expects rows of at most " + RowLayout.LONGEST
                    + " numbers, got one of " + words + "; cut it into several");
        }
        length = (int) words;
    }

    /** Whether a column of the row stays sparse, so that it needs the mixed layout. */
    boolean mixed() {
        return mixed;
    }

    /** Words of the row in a layout. */
    int length(boolean inMixed) {
        return inMixed ? length : layout.stride();
    }

    /** Whether it is a validation row; null if it does not tell. */
    Boolean validation(Row row) {
        return validation < 0 ? Boolean.FALSE : (Boolean) row.get(validation);
    }

    /** Packs the row looked at; returns null, or what is wrong with it. */
    String pack(Row row, boolean inMixed, float[] words, int from) {
        int at = from;
        if (inMixed) {
            words[at++] = Float.intBitsToFloat(length);
        }
        String problem = packLabel(row, words, at);
        at += layout.storedLabel();
        if (problem == null && weight >= 0) {
            problem = packWeight(row, words, at++);
        }
        for (int i = 0; problem == null && i < features.length; i++) {
            if (layout.ragged(i)) {
                words[at] = Float.intBitsToFloat(elements[i]);
                problem = features[i].read(row, words, at + 1);
                at += 1 + elements[i] * features[i].width();
            } else if (sparse[i] != null) {
                problem = packSparse(row, i, words, at);
                at += 1 + 2 * sparse[i].values().length;
            } else {
                at += inMixed ? 1 : 0;
                problem = features[i].read(row, words, at);
                at += features[i].width();
                if (inMixed) {
                    words[at - features[i].width() - 1] = 0;
                }
            }
        }
        return problem;
    }

    private String packLabel(Row row, float[] words, int at) {
        if (layout.classes() == 0) {
            return layout.storedLabel() == 0 ? null : labels.read(row, words, at);
        }
        Object value = row.get(label);
        double number = value instanceof Number each ? each.doubleValue() : Boolean.TRUE.equals(value) ? 1 : 0;
        words[at] = (float) number;
        return value != null && number >= 0 && number < layout.classes() && number == Math.rint(number)
                ? null
                : complaint("labels 0 to " + (layout.classes() - 1), value, columns.label());
    }

    private String packWeight(Row row, float[] words, int at) {
        Object value = row.get(weight);
        words[at] = value == null ? Float.NaN : ((Number) value).floatValue();
        return words[at] >= 0 && words[at] < Float.POSITIVE_INFINITY
                ? null
                : complaint("finite weights of 0 or more", value, columns.weight());
    }

    private String packSparse(Row row, int column, float[] words, int from) {
        int[] indices = sparse[column].indices();
        double[] values = sparse[column].values();
        words[from] = Float.intBitsToFloat(values.length + 1);
        for (int i = 0; i < values.length; i++) {
            words[from + 1 + i] = Float.intBitsToFloat(indices[i]);
            words[from + 1 + values.length + i] = (float) values[i];
        }
        return Pass.allFinite(words, from + 1 + values.length, values.length) ? null : features[column].notFinite(row);
    }

    /** What is wrong with a row that does not tell whether it is a validation row. */
    String noValidation() {
        return complaint("true or false", null, columns.validation());
    }

    private static String complaint(String expected, Object got, String column) {
        return "expects " + expected + ", got " + got + " in column \"" + column + "\"";
    }

    /** The columns to be read, each once. */
    static List<String> names(TrainingColumns columns) {
        return java.util.stream.Stream.concat(
                        Arrays.stream(columns.features()),
                        java.util.stream.Stream.of(columns.label(), columns.weight(), columns.validation()))
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList();
    }
}
