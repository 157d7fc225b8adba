package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.util.Arrays;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * Writes into a column's metadata what shape its rows have, so that layers over images and the like read a column of flat
 * vectors or arrays as it is, without an {@code Unflatten} in front. Layers write the same of their output columns.
 */
public final class ColumnShape {
    private ColumnShape() {}

    /**
     * Gives the rows of a column a shape.
     *
     * <pre>{@code
     * Dataset<Row> images = ColumnShape.set(digits, "pixels", 1, 28, 28);
     * new LazyConv2d(8, 3).setInputCol("pixels").fit(images);  // Conv2d(1, 8, 3)
     * }</pre>
     *
     * @param dataset has the column
     * @param column of vectors, or of arrays of numbers
     * @param sizes of a row, each 1 or more, such as channels, height and width
     * @return the dataset; only metadata differ
     * @throws IllegalArgumentException if there is no such column, it holds neither vectors nor arrays of numbers, sizes are
     *     below 1, or the metadata tell another number of values
     */
    public static Dataset<Row> set(Dataset<?> dataset, String column, int... sizes) {
        String who = "ColumnShape.set";
        InputColumn known = InputColumn.of(who, column, dataset.schema());
        StructField field = dataset.schema().fields()[dataset.schema().fieldIndex(column)];
        if (!known.isVector() && !known.isFlatArray()) {
            throw new IllegalArgumentException(who + " expects vectors or arrays of numbers, got column \"" + column
                    + "\" of " + field.dataType().simpleString() + "; name such a column");
        }
        if (sizes.length == 0 || Arrays.stream(sizes).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(who + " expects sizes of 1 or more, got " + Arrays.toString(sizes)
                    + "; give those of a row, such as 1, 28, 28");
        }
        // Of arrays metadata tell no number, and Spark refuses to look.
        int values = known.isVector() ? AttributeGroup.fromStructField(field).size() : 0;
        if (values > 0 && values != Shape.of(sizes).size()) {
            throw new IllegalArgumentException(who + " expects sizes of " + values + " values in column \"" + column
                    + "\", got " + Arrays.toString(sizes) + ", which are "
                    + Shape.of(sizes).size() + "; mend the sizes");
        }
        Metadata metadata = new MetadataBuilder()
                .withMetadata(field.metadata())
                .putLongArray(
                        InputColumn.SHAPE_KEY,
                        Arrays.stream(sizes).asLongStream().toArray())
                .build();
        return dataset.toDF().withMetadata(column, metadata);
    }
}
