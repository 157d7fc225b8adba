package io.sparknn.nn;

import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One input column: a vector, dense or sparse, an array of numbers, or a number; and how a row of it becomes floats.
 *
 * <p>Sparse or dense is decided row by row, and a sparse row is laid out as the dense one it stands for, so a row's
 * neighbours change none of its bits.
 */
final class InputColumn implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The sizes of one row of a column of rank above 1, in its metadata beside Spark's own. */
    static final String SHAPE_KEY = "sparknn_shape";

    /** What is wrong with a value, for {@code handleInvalid}. */
    enum Problem {
        NULL,
        WIDTH,
        NOT_FINITE
    }

    private enum Kind {
        VECTOR,
        ARRAY,
        SCALAR
    }

    private final String name;
    private final int index;
    private final Kind kind;
    private final int[] sizes;
    private final int width;

    private InputColumn(String name, int index, Kind kind, int... sizes) {
        this.name = name;
        this.index = index;
        this.kind = kind;
        this.sizes = sizes;
        // Once and not for each row.
        this.width = Shape.of(sizes).size();
    }

    static InputColumn of(String who, String name, StructType schema) {
        int index = Arrays.asList(schema.fieldNames()).indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(who + " expects the column \"" + name + "\", got columns "
                    + Arrays.toString(schema.fieldNames()) + "; call setInputCol with one of them");
        }
        long same = Arrays.stream(schema.fieldNames()).filter(name::equals).count();
        if (same > 1) {
            throw new IllegalArgumentException(
                    who + " expects one column \"" + name + "\", got " + same + " of that name; rename the others");
        }
        StructField field = schema.fields()[index];
        return new InputColumn(name, index, kind(who, field), sizes(field));
    }

    private static Kind kind(String who, StructField field) {
        DataType type = field.dataType();
        if (type.equals(SQLDataTypes.VectorType())) {
            return Kind.VECTOR;
        }
        if (type instanceof NumericType || type.equals(DataTypes.BooleanType)) {
            return Kind.SCALAR;
        }
        if (type instanceof ArrayType array && array.elementType() instanceof NumericType) {
            return Kind.ARRAY;
        }
        throw new IllegalArgumentException(who + " expects a column of vectors, arrays of numbers, or numbers, got \""
                + field.name() + "\" of " + type.simpleString() + "; assemble a vector first");
    }

    private static int[] sizes(StructField field) {
        if (field.metadata().contains(SHAPE_KEY)) {
            return Arrays.stream(field.metadata().getLongArray(SHAPE_KEY))
                    .mapToInt(Math::toIntExact)
                    .toArray();
        }
        if (field.dataType() instanceof NumericType || field.dataType().equals(DataTypes.BooleanType)) {
            return new int[] {1};
        }
        boolean isVector = field.dataType().equals(SQLDataTypes.VectorType());
        return new int[] {isVector ? AttributeGroup.fromStructField(field).size() : Shape.UNKNOWN};
    }

    String name() {
        return name;
    }

    InputColumn at(int place) {
        return new InputColumn(name, place, kind, sizes);
    }

    InputColumn with(Shape shape) {
        return new InputColumn(name, index, kind, shape.dropFirst(1).dims());
    }

    /** The shape of any number of rows. */
    Shape shape() {
        int[] dims = new int[sizes.length + 1];
        dims[0] = Shape.UNKNOWN;
        System.arraycopy(sizes, 0, dims, 1, sizes.length);
        return Shape.of(dims);
    }

    static boolean isSized(Shape shape) {
        return shape.dropFirst(1).isKnown();
    }

    /** Floats in one row, or {@link Shape#UNKNOWN}. */
    int width() {
        return width;
    }

    /** The shape as a row shows it. */
    Shape sized(String who, Row row) {
        int width = kind == Kind.VECTOR
                ? ((Vector) row.get(index)).size()
                : row.getList(index).size();
        if (width == 0) {
            throw new IllegalArgumentException(who + " expects rows of width 1 or more, got width 0 in column \"" + name
                    + "\"; name another column");
        }
        return Shape.of(Shape.UNKNOWN, width);
    }

    /** Reads a row into a block; returns what is wrong with it, or null. The floats hold anything if it has a width. */
    Problem read(Row row, float[] block, int at) {
        if (row.isNullAt(index)) {
            return Problem.NULL;
        }
        switch (kind) {
            case VECTOR -> {
                Vector vector = (Vector) row.get(index);
                if (vector.size() != width) {
                    return Problem.WIDTH;
                }
                copy(vector, block, at);
            }
            case ARRAY -> {
                List<?> list = row.getList(index);
                if (list.size() != width) {
                    return Problem.WIDTH;
                }
                for (int i = 0; i < width; i++) {
                    if (list.get(i) == null) {
                        return Problem.NULL;
                    }
                    block[at + i] = ((Number) list.get(i)).floatValue();
                }
            }
            case SCALAR -> block[at] = number(row.get(index));
        }
        return Pass.allFinite(block, at, width) ? null : Problem.NOT_FINITE;
    }

    private static float number(Object value) {
        if (value instanceof Boolean) {
            return value.equals(true) ? 1 : 0;
        }
        return ((Number) value).floatValue();
    }

    private static void copy(Vector vector, float[] block, int at) {
        if (vector instanceof SparseVector sparse) {
            Arrays.fill(block, at, at + sparse.size(), 0f);
            int[] indices = sparse.indices();
            double[] values = sparse.values();
            for (int i = 0; i < indices.length; i++) {
                block[at + indices[i]] = (float) values[i];
            }
            return;
        }
        double[] values = ((DenseVector) vector).values();
        for (int i = 0; i < values.length; i++) {
            block[at + i] = (float) values[i];
        }
    }

    /** The vector of a row if it is a sparse one of this column's width, else null. */
    SparseVector sparse(Row row) {
        return kind == Kind.VECTOR && row.get(index) instanceof SparseVector vector && vector.size() == width
                ? vector
                : null;
    }

    /** What was expected and what a row holds, for an error. */
    String complaint(Row row, Problem problem) {
        String values = width == 1 ? "a number" : "vectors of " + width;
        return "expects " + (problem == Problem.NOT_FINITE ? "finite values" : values) + ", got "
                + describe(row, problem) + " in column \"" + name + "\"";
    }

    private String describe(Row row, Problem problem) {
        return switch (problem) {
            case NULL -> row.isNullAt(index) ? "null" : "an array with a null";
            case WIDTH ->
                String.valueOf(
                        kind == Kind.VECTOR
                                ? ((Vector) row.get(index)).size()
                                : row.getList(index).size());
            case NOT_FINITE -> "NaN or an infinite value";
        };
    }

    /** A name that may hold dots, as a column expression. */
    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
