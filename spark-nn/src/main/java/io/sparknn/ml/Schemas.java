package io.sparknn.ml;

import io.sparknn.nn.InputColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Checks of the columns that estimators and models read, and the columns they write. */
final class Schemas {
    private Schemas() {}

    /** The column of a name, which exists once and is of a type. */
    static StructField column(String who, StructType schema, String name, String expected, Class<?> type) {
        long found = Arrays.stream(schema.fieldNames()).filter(name::equals).count();
        if (found != 1) {
            throw new IllegalArgumentException(who + " expects a column \"" + name + "\" of " + expected + ", got "
                    + (found == 0 ? "columns " : found + " of that name among ")
                    + Arrays.toString(schema.fieldNames()) + "; name one of them");
        }
        StructField field = schema.apply(name);
        if (!type.isInstance(field.dataType())) {
            throw new IllegalArgumentException(who + " expects a column of " + expected + ", got \"" + name + "\" of "
                    + field.dataType().simpleString() + "; cast it, or name another one");
        }
        return field;
    }

    /** Checks what training reads beside features: labels of numbers or vectors, weights, a mark for validation. */
    static void checkTraining(String who, StructType schema, String label, String weight, String validation) {
        column(who, schema, label, "labels", DataType.class);
        if (schema.apply(label).dataType().equals(DataTypes.StringType)) {
            throw new IllegalArgumentException(who + " expects numbers as labels, got column \"" + label
                    + "\" of string; index it with StringIndexer, or cast it");
        }
        InputColumns.knownShapes(who, schema, label);
        if (weight != null) {
            column(who, schema, weight, "weights, which are numbers", NumericType.class);
        }
        if (validation != null) {
            column(who, schema, validation, "true and false", BooleanType.class);
        }
    }

    /** Whether a row of the column holds several numbers: a vector or an array. */
    static boolean isVector(StructType schema, String column) {
        return !(schema.apply(column).dataType() instanceof NumericType
                || schema.apply(column).dataType().equals(DataTypes.BooleanType));
    }

    /** A column of vectors; its size 0 if it is not known. */
    static StructField vector(String name, int size) {
        boolean known = size > 0 && !name.isEmpty();
        Metadata metadata = known ? new AttributeGroup(name, size).toMetadata() : Metadata.empty();
        return new StructField(name, SQLDataTypes.VectorType(), true, metadata);
    }

    /** A column of classes, with their names if they have some; 0 of them if their number is not known. */
    static StructField classes(String name, int classes, String... names) {
        Metadata metadata = Metadata.empty();
        if (classes > 0 && !name.isEmpty()) {
            NominalAttribute attribute = NominalAttribute.defaultAttr().withName(name);
            metadata = (names != null ? attribute.withValues(names) : attribute.withNumValues(classes)).toMetadata();
        }
        return new StructField(name, DataTypes.DoubleType, true, metadata);
    }

    /** A column of numbers. */
    static StructField number(String name) {
        Metadata metadata = name.isEmpty()
                ? Metadata.empty()
                : NumericAttribute.defaultAttr().withName(name).toMetadata();
        return new StructField(name, DataTypes.DoubleType, true, metadata);
    }

    /** The schema with new columns behind the others; those without a name are not written. */
    static StructType with(String who, StructType schema, StructField... fields) {
        StructType all = schema;
        for (StructField field : fields) {
            if (InputColumns.isTaken(all, field.name())) {
                throw new IllegalArgumentException(who + " expects a new output column, got \"" + field.name()
                        + "\", which exists already; give it another name, or none to leave it out");
            }
            all = all.add(field);
        }
        return all;
    }

    /** Those that have a name. */
    static StructField[] named(StructField... fields) {
        List<StructField> named = new ArrayList<>();
        for (StructField field : fields) {
            if (!field.name().isEmpty()) {
                named.add(field);
            }
        }
        return named.toArray(new StructField[0]);
    }
}
