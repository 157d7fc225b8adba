package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** How many ids a column has: told by its metadata, or by the largest one in it. */
final class IdCount {
    private static final String ATTRIBUTE = "ml_attr";

    private IdCount() {}

    /**
     * What the metadata tell: the number of values of a nominal attribute, as StringIndexer leaves it, or the size of a
     * vocabulary. Read by name, for Spark's own reader takes it from columns of one type only, and ids may be in arrays.
     */
    static int of(StructField field) {
        Metadata metadata = field.metadata();
        if (!metadata.contains(ATTRIBUTE) || field.dataType().equals(SQLDataTypes.VectorType())) {
            return Shape.UNKNOWN;
        }
        Metadata attribute = metadata.getMetadata(ATTRIBUTE);
        long count = Shape.UNKNOWN;
        if (attribute.contains("vals")) {
            count = attribute.getStringArray("vals").length;
        } else if (attribute.contains("num_vals")) {
            count = attribute.getLong("num_vals");
        } else if (attribute.contains("num_attrs")) {
            count = attribute.getLong("num_attrs");
        }
        return count > 0 && count <= Reading.MAX_IDS ? (int) count : Shape.UNKNOWN;
    }

    /**
     * By one job for all columns: the largest id of each, and 1.
     *
     * @param strict whether an invalid row is an error; else it counts for nothing, for it will be dropped
     */
    static int[] in(String who, InputColumn[] columns, Dataset<?> dataset, boolean strict) {
        Column[] largest = new Column[columns.length];
        for (int i = 0; i < columns.length; i++) {
            if (dataset.isStreaming()) {
                throw new IllegalArgumentException(
                        who + " expects a streaming column whose number of ids is known, got \"" + columns[i].name()
                                + "\" without; set it, or fit on a column that StringIndexer made");
            }
            largest[i] = functions.max(largest(columns[i], dataset, strict));
        }
        Row row = dataset.select(largest).head();
        int[] counts = new int[columns.length];
        for (int i = 0; i < counts.length; i++) {
            if (row.isNullAt(i)) {
                throw new IllegalArgumentException(who + " expects ids in column \"" + columns[i].name()
                        + "\" to tell how many there are, got none; fit it on data, or set the number");
            }
            double found = row.getDouble(i);
            if (!(found >= 0 && found < Reading.MAX_IDS) || found != Math.rint(found)) {
                throw new IllegalArgumentException(
                        who + " " + IdSearch.complaint(columns[i], dataset.select(columns[i].selected(dataset)))
                                + "; number the entries by StringIndexer or the like, or setHandleInvalid(\"skip\")");
            }
            counts[i] = (int) found + 1;
        }
        return counts;
    }

    /** The largest id of each row. */
    private static Column largest(InputColumn input, Dataset<?> dataset, boolean strict) {
        Column column = input.selected(dataset);
        DataType type = dataset.schema().fields()[input.index()].dataType();
        if (type.equals(SQLDataTypes.VectorType())) {
            Column ids = org.apache.spark.ml.functions.vector_to_array(column, "float64");
            return strict ? functions.array_max(ids) : largestOfValid(ids);
        }
        if (type instanceof ArrayType) {
            Column ids = column.cast("array<double>");
            return strict ? functions.array_max(ids) : largestOfValid(ids);
        }
        Column id = column.cast("double");
        return strict ? id : functions.when(isId(id), id);
    }

    private static Column largestOfValid(Column ids) {
        return functions.when(functions.forall(ids, IdCount::isId), functions.array_max(ids));
    }

    /** False where it is null: a row without a number is dropped as well. */
    private static Column isId(Column id) {
        Column valid = id.geq(0).and(id.lt(Reading.MAX_IDS)).and(id.equalTo(functions.rint(id)));
        return functions.coalesce(valid, functions.lit(false));
    }
}
