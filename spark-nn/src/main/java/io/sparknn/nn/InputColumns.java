package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/** The shapes of columns of plain numbers, for estimators that find out what labels they are given. */
public final class InputColumns {
    private InputColumns() {}

    /**
     * Shapes as far as the columns' types and metadata tell them.
     *
     * @param who asks, for errors
     * @param schema has the columns
     * @param columns vectors, arrays of numbers, or numbers
     * @return one for each: rows unknown, and perhaps the width
     * @throws IllegalArgumentException if a column is missing, or of another type
     */
    public static Shape[] knownShapes(String who, StructType schema, String... columns) {
        return inputs(who, schema, null, columns).knownShapes();
    }

    /**
     * Shapes from metadata, else from the first row that has values in all columns.
     *
     * @param who asks, for errors
     * @param dataset has the columns
     * @param columns vectors, arrays of numbers, or numbers
     * @return one for each: rows unknown, all else known
     * @throws IllegalArgumentException if a column is missing or of another type, or there are no rows
     */
    public static Shape[] shapes(String who, Dataset<?> dataset, String... columns) {
        return inputs(who, dataset.schema(), null, columns).shapes(dataset, StageParams.ERROR);
    }

    /**
     * Tells whether a schema has a column of a name, as the session compares names: by default without regard to case.
     *
     * @param schema may have the column
     * @param name of a column
     * @return whether a new column of that name would be a second one
     */
    public static boolean isTaken(StructType schema, String name) {
        boolean caseSensitive = SQLConf.get().caseSensitiveAnalysis();
        for (String other : schema.fieldNames()) {
            if (caseSensitive ? other.equals(name) : other.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    static Inputs inputs(String who, StructType schema, Module reader, String... columns) {
        List<String> known = List.of(schema.fieldNames());
        for (String column : columns) {
            if (!known.contains(column)) {
                throw new IllegalArgumentException(
                        who + " expects the column \"" + column + "\", got columns " + known + "; name one of them");
            }
        }
        return Inputs.of(who, schema, reader, columns);
    }
}
