package io.sparknn.nn;

import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.SparseRows;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One input column: a vector, dense or sparse, an array of numbers or of arrays, or a number; and how a row of it becomes
 * floats. Rows may differ in length where the module that reads the column takes them so.
 *
 * <p>Sparse or dense is decided row by row, and a sparse row is laid out as the dense one it stands for, so a row's
 * neighbours change none of its bits.
 */
final class InputColumn implements CellReader<Row>, Serializable {
    private static final long serialVersionUID = 1L;

    /** The sizes of one row of a column of rank above 1, in its metadata beside Spark's own. */
    static final String SHAPE_KEY = "sparknn_shape";

    /** What is wrong with a value, for {@code handleInvalid}. */
    enum Problem {
        NULL,
        WIDTH,
        NOT_FINITE,
        NO_ID
    }

    private enum Kind {
        VECTOR,
        ARRAY,
        NESTED,
        SCALAR
    }

    private final String name;
    private final int index;
    private final Kind kind;
    private final Reading reading;
    private final int ids;
    private final int[] sizes;
    private final int width;

    private InputColumn(String name, int index, Kind kind, Reading reading, int ids, int... sizes) {
        this.name = name;
        this.index = index;
        this.kind = kind;
        this.reading = reading;
        this.ids = ids;
        this.sizes = sizes;
        // Once and not for each row.
        Shape row = Shape.of(sizes);
        this.width = (isRagged() ? row.dropFirst(1) : row).size();
    }

    static InputColumn of(String who, String name, StructType schema) {
        return of(who, name, schema, Reading.numbers());
    }

    static InputColumn of(String who, String name, StructType schema, Reading reading) {
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
        Kind kind = kind(who, field, reading);
        if (kind == Kind.NESTED && reading.isIds()) {
            throw new IllegalArgumentException(who + " expects ids in column \"" + name + "\", got arrays of arrays, "
                    + field.dataType().simpleString() + "; name a column of arrays of whole numbers");
        }
        int ids = reading.isIds() ? IdCount.of(field) : Shape.UNKNOWN;
        return new InputColumn(name, index, kind, reading, ids, sizes(kind, reading, field));
    }

    private static Kind kind(String who, StructField field, Reading reading) {
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
        if (type instanceof ArrayType array
                && array.elementType() instanceof ArrayType inner
                && inner.elementType() instanceof NumericType) {
            return Kind.NESTED;
        }
        if (reading.isIds()) {
            throw new IllegalArgumentException(who + " expects a column of ids, whole numbers or arrays of them, got \""
                    + field.name() + "\" of " + type.simpleString()
                    + "; number its entries first, by StringIndexer, a vocabulary or the like");
        }
        throw new IllegalArgumentException(who + " expects a column of vectors, arrays of numbers, or numbers, got \""
                + field.name() + "\" of " + type.simpleString() + "; assemble a vector first");
    }

    private static int[] sizes(Kind kind, Reading reading, StructField field) {
        if (field.metadata().contains(SHAPE_KEY)) {
            return Arrays.stream(field.metadata().getLongArray(SHAPE_KEY))
                    .mapToInt(Math::toIntExact)
                    .toArray();
        }
        return switch (kind) {
            case SCALAR -> reading.isIds() ? new int[0] : new int[] {1};
            case VECTOR -> new int[] {AttributeGroup.fromStructField(field).size()};
            case ARRAY -> new int[] {reading.isIds() ? Shape.RAGGED : Shape.UNKNOWN};
            case NESTED -> new int[] {reading.isGrid() ? Shape.UNKNOWN : Shape.RAGGED, Shape.UNKNOWN};
        };
    }

    String name() {
        return name;
    }

    int index() {
        return index;
    }

    InputColumn at(int place) {
        return new InputColumn(name, place, kind, reading, ids, sizes);
    }

    InputColumn with(Shape shape) {
        return new InputColumn(
                name, index, kind, reading, shape.ids(), shape.dropFirst(1).dims());
    }

    /** The shape of any number of rows. */
    Shape shape() {
        int[] dims = new int[sizes.length + 1];
        dims[0] = Shape.UNKNOWN;
        System.arraycopy(sizes, 0, dims, 1, sizes.length);
        return ids == Shape.UNKNOWN ? Shape.of(dims) : Shape.of(dims).withIds(ids);
    }

    Reading reading() {
        return reading;
    }

    boolean isVector() {
        return kind == Kind.VECTOR;
    }

    boolean isFlatArray() {
        return kind == Kind.ARRAY;
    }

    boolean isNested() {
        return kind == Kind.NESTED;
    }

    boolean isArray() {
        return kind == Kind.ARRAY || kind == Kind.NESTED;
    }

    /** Whether rows may differ in length. */
    boolean isRagged() {
        return sizes.length > 0 && sizes[0] == Shape.RAGGED;
    }

    static boolean isSized(Shape shape) {
        return shape.dropFirst(1).isKnown();
    }

    /** Floats in one row, or in one element of a row where rows differ in length; or {@link Shape#UNKNOWN}. */
    int width() {
        return width;
    }

    /** The shape as a row shows it. */
    Shape sized(String who, Row row) {
        int length = length(row);
        int width = kind != Kind.NESTED || length == 0 ? length : inner(row, 0).size();
        if (width == 0) {
            throw new IllegalArgumentException(who + " expects rows of width 1 or more, got width 0 in column \"" + name
                    + "\"; name another column");
        }
        Shape shape = shape();
        return kind == Kind.NESTED && !isRagged() ? shape.with(1, length).with(2, width) : shape.with(-1, width);
    }

    /** The numbers of a vector, or the elements of an array; of a number 1, of null 0. */
    int length(Row row) {
        if (row.isNullAt(index)) {
            return 0;
        }
        return switch (kind) {
            case VECTOR -> ((Vector) row.get(index)).size();
            case SCALAR -> 1;
            case ARRAY, NESTED -> row.getList(index).size();
        };
    }

    @Override
    public InputColumn column() {
        return this;
    }

    @Override
    public Row shown(Row row) {
        return row;
    }

    @Override
    public int elements(Row row) {
        return kind == Kind.NESTED ? length(row) : length(row) / width;
    }

    /** Floats that a row takes. */
    int floats(Row row) {
        return isRagged() ? elements(row) * width : width;
    }

    @Override
    public Problem read(Row row, float[] block, int at) {
        if (row.isNullAt(index)) {
            return Problem.NULL;
        }
        int floats = floats(row);
        boolean fits = floats == length(row) * (kind == Kind.NESTED ? innermost() : 1);
        Problem problem = fits ? readValues(row, block, at) : Problem.WIDTH;
        if (problem != null) {
            return problem;
        }
        return Pass.allFinite(block, at, floats) ? null : Problem.NOT_FINITE;
    }

    @Override
    public boolean readSparse(Row row, float[] block, int at, SparseRows into, int number) {
        SparseVector vector = row.isNullAt(index) ? null : sparse(row);
        if (vector == null) {
            return false;
        }
        copy(vector, block, at);
        if (!Pass.allFinite(block, at, width)) {
            return false;
        }
        int[] indices = vector.indices();
        int first = into.reserve(number, indices.length);
        for (int i = 0; i < indices.length; i++) {
            into.places()[first + i] = indices[i];
            into.values()[first + i] = block[at + indices[i]];
        }
        into.end(number, indices.length);
        return true;
    }

    private Problem readValues(Row row, float[] block, int at) {
        switch (kind) {
            case VECTOR -> {
                copy((Vector) row.get(index), block, at);
                return !reading.isIds() || areIds(block, at, length(row)) ? null : Problem.NO_ID;
            }
            case ARRAY -> {
                return read(row.getList(index), block, at);
            }
            case NESTED -> {
                List<?> elements = row.getList(index);
                for (int i = 0; i < elements.size(); i++) {
                    if (elements.get(i) == null) {
                        return Problem.NULL;
                    }
                    List<?> element = inner(row, i);
                    Problem problem =
                            element.size() == innermost() ? read(element, block, at + i * innermost()) : Problem.WIDTH;
                    if (problem != null) {
                        return problem;
                    }
                }
                return null;
            }
            default -> {
                Object value = row.get(index);
                block[at] = number(value);
                return reading.isIds() && !isId(value instanceof Number id ? id.doubleValue() : block[at])
                        ? Problem.NO_ID
                        : null;
            }
        }
    }

    private Problem read(List<?> list, float[] block, int at) {
        for (int i = 0; i < list.size(); i++) {
            Number value = (Number) list.get(i);
            if (value == null) {
                return Problem.NULL;
            }
            block[at + i] = value.floatValue();
            if (reading.isIds() && !isId(value.doubleValue())) {
                return Problem.NO_ID;
            }
        }
        return null;
    }

    boolean areIds(float[] block, int at, int n) {
        for (int i = at; i < at + n; i++) {
            if (!isId(block[i])) {
                return false;
            }
        }
        return true;
    }

    boolean isId(double value) {
        return value >= 0 && value < limit() && value == Math.rint(value);
    }

    /** Ids are below it. */
    int limit() {
        return ids == Shape.UNKNOWN ? reading.limit() : Math.min(ids, reading.limit());
    }

    int innermost() {
        return sizes[sizes.length - 1];
    }

    /** An array within an array. In a row of its own, for what Spark keeps arrays in differs between its lines. */
    List<?> inner(Row row, int element) {
        return RowFactory.create(row.getList(index).get(element)).getList(0);
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
        return new ColumnComplaint(this).of(row, problem);
    }

    /** The column itself, for a projection. */
    Column selected(Dataset<?> dataset) {
        return dataset.col(quoted(name));
    }

    /** A name that may hold dots, as a column expression. */
    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
