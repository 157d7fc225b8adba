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

    /** By one job for all columns: the largest id of each, and 1. */
    static int[] in(String who, InputColumn[] columns, Dataset<?> dataset) {
        Column[] largest = new Column[columns.length];
        for (int i = 0; i < columns.length; i++) {
            if (dataset.isStreaming()) {
                throw new IllegalArgumentException(
                        who + " expects a streaming column whose number of ids is known, got \"" + columns[i].name()
                                + "\" without; set it, or fit on a column that StringIndexer made");
            }
            largest[i] = functions.max(ids(columns[i].name(), dataset).cast("double"));
        }
        Row row = dataset.select(largest).head();
        int[] counts = new int[columns.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count(who, columns[i].name(), row.isNullAt(i) ? null : row.getDouble(i));
        }
        return counts;
    }

    /** The largest id of each row. */
    private static Column ids(String name, Dataset<?> dataset) {
        Column ids = dataset.col(InputColumn.quoted(name));
        DataType type =
                dataset.schema().fields()[dataset.schema().fieldIndex(name)].dataType();
        if (type.equals(SQLDataTypes.VectorType())) {
            return functions.array_max(org.apache.spark.ml.functions.vector_to_array(ids, "float64"));
        }
        return type instanceof ArrayType ? functions.array_max(ids) : ids;
    }

    private static int count(String who, String name, Double largest) {
        if (largest == null) {
            throw new IllegalArgumentException(who + " expects ids in column \"" + name
                    + "\" to tell how many there are, got none; fit it on data, or set the number");
        }
        if (!(largest >= 0 && largest < Reading.MAX_IDS) || largest != Math.rint(largest)) {
            throw new IllegalArgumentException(who + " expects ids in column \"" + name
                    + "\", whole numbers from 0 to " + (Reading.MAX_IDS - 1) + ", got " + largest
                    + " as the largest; number the entries by StringIndexer or the like");
        }
        return largest.intValue() + 1;
    }
}
