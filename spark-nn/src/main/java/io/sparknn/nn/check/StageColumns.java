package io.sparknn.nn.check;

import io.sparknn.tensor.Shape;
import java.util.Arrays;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * Columns that hold inputs of given shapes: vectors, with their shape in the metadata, also where rows differ in length;
 * numbers and arrays for ids.
 */
final class StageColumns {
    private StageColumns() {}

    private static boolean isIds(Shape input) {
        return input.ids() != Shape.UNKNOWN && (input.rank() == 1 || input.isRagged());
    }

    static StructField field(String name, Shape input) {
        MetadataBuilder metadata = new MetadataBuilder();
        if (isIds(input)) {
            return new StructField(
                    name,
                    input.rank() == 1 ? DataTypes.LongType : DataTypes.createArrayType(DataTypes.IntegerType),
                    true,
                    metadata.build());
        }
        Shape row = input.dropFirst(1);
        if (!row.isRagged()) {
            metadata.withMetadata(new AttributeGroup(name, row.size()).toMetadata());
        }
        if (row.rank() > 1 || row.isRagged()) {
            metadata.putLongArray(
                    "sparknn_shape", Arrays.stream(row.dims()).asLongStream().toArray());
        }
        return new StructField(name, SQLDataTypes.VectorType(), true, metadata.build());
    }

    /** What a column of that shape holds for a row. */
    static Object value(Shape input, float... row) {
        if (isIds(input) && input.rank() == 1) {
            return (long) row[0];
        }
        if (isIds(input)) {
            Integer[] ids = new Integer[row.length];
            Arrays.setAll(ids, i -> (int) row[i]);
            return ids;
        }
        double[] values = new double[row.length];
        Arrays.setAll(values, i -> row[i]);
        return Vectors.dense(values);
    }

    /** A row of a column of ids that holds one id alone, or all of that one. */
    static Object id(Shape input, int id) {
        float[] row = new float[isIds(input) ? 1 : input.dropFirst(1).size()];
        Arrays.fill(row, id);
        return value(input, row);
    }

    /** How an error names that id. */
    static String text(Shape input, int id) {
        return input.rank() == 1 ? String.valueOf(id) : (isIds(input) ? id : id + ".0") + " at place 0";
    }
}
