package io.sparknn.nn;

import io.sparknn.nn.InputColumn.Problem;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.SparseRows;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import scala.Function1;

/**
 * Reads an input column as Spark stores it, in bulk where the values are whole: the same floats as {@link InputColumn}.
 * What is rare or wrong is left to that one, which then reads the row as users see it, so that there is one truth of what
 * is wrong with a row.
 */
final class StoredColumn implements CellReader<InternalRow> {
    /** Fields of a stored vector: 0 or 1 for sparse or dense, its size and indices if sparse, values. */
    private static final int VECTOR_FIELDS = 4;

    private static final int SPARSE = 0;
    private static final int SIZE = 1;
    private static final int INDICES = 2;
    private static final int VALUES = 3;

    private final InputColumn column;
    private final InputColumn alone;
    private final int ordinal;
    private final DataType type;
    private final StoredNumbers numbers;
    private final Function1<Object, Object> shown;

    StoredColumn(InputColumn column, int ordinal, DataType type) {
        this.column = column;
        this.alone = column.at(0);
        this.ordinal = ordinal;
        this.type = type;
        this.numbers = StoredNumbers.of(type);
        this.shown = CatalystTypeConverters.createToScalaConverter(type);
    }

    @Override
    public InputColumn column() {
        return alone;
    }

    @Override
    public Row shown(InternalRow row) {
        return RowFactory.create(row.isNullAt(ordinal) ? null : shown.apply(row.get(ordinal, type)));
    }

    @Override
    public int elements(InternalRow row) {
        if (row.isNullAt(ordinal)) {
            return 0;
        }
        if (column.isVector()) {
            return length(row.getStruct(ordinal, VECTOR_FIELDS)) / column.width();
        }
        if (column.isArray()) {
            int length = row.getArray(ordinal).numElements();
            return column.isFlatArray() ? length / column.width() : length;
        }
        return alone.elements(shown(row));
    }

    private static int length(InternalRow vector) {
        return vector.getByte(0) == SPARSE
                ? vector.getInt(SIZE)
                : vector.getArray(VALUES).numElements();
    }

    @Override
    public Problem read(InternalRow row, float[] block, int at) {
        if (row.isNullAt(ordinal)) {
            return Problem.NULL;
        }
        int floats = column.isRagged() ? elements(row) * column.width() : column.width();
        return switch (readWhole(row, block, at, floats)) {
            case FINITE -> null;
            case NOT_FINITE -> Problem.NOT_FINITE;
            case RARE -> alone.read(shown(row), block, at);
        };
    }

    /** What values are: there, or there but NaN or infinite, or partly missing or of a kind that is not read here. */
    private enum Values {
        FINITE,
        NOT_FINITE,
        RARE;

        static Values of(boolean finite) {
            return finite ? FINITE : NOT_FINITE;
        }
    }

    private Values readWhole(InternalRow row, float[] block, int at, int floats) {
        if (column.isVector()) {
            Values read = vector(row.getStruct(ordinal, VECTOR_FIELDS), block, at, floats);
            return column.reading().isIds() && read != Values.RARE && !column.areIds(block, at, floats)
                    ? Values.RARE
                    : read;
        }
        if (numbers == null) {
            return Values.RARE;
        }
        if (!column.isArray()) {
            block[at] = numbers.get(row, ordinal);
            return areIds(row, ordinal, block, at, 1) ? Values.of(Float.isFinite(block[at])) : Values.RARE;
        }
        ArrayData array = row.getArray(ordinal);
        return column.isFlatArray() ? flat(array, block, at, floats) : nested(array, block, at, floats);
    }

    private Values vector(InternalRow vector, float[] block, int at, int floats) {
        if (length(vector) != floats) {
            return Values.RARE;
        }
        ArrayData values = vector.getArray(VALUES);
        if (vector.getByte(0) != SPARSE) {
            return Values.of(StoredNumbers.DOUBLES.copy(values, floats, block, at));
        }
        ArrayData indices = vector.getArray(INDICES);
        Arrays.fill(block, at, at + floats, 0f);
        for (int i = 0; i < indices.numElements(); i++) {
            block[at + indices.getInt(i)] = (float) values.getDouble(i);
        }
        return Values.of(Pass.allFinite(block, at, floats));
    }

    @Override
    public boolean readSparse(InternalRow row, float[] block, int at, SparseRows into, int number) {
        if (row.isNullAt(ordinal)) {
            return false;
        }
        InternalRow vector = row.getStruct(ordinal, VECTOR_FIELDS);
        if (vector.getByte(0) != SPARSE || vector.getInt(SIZE) != column.width()) {
            return false;
        }
        ArrayData indices = vector.getArray(INDICES);
        ArrayData numbers = vector.getArray(VALUES);
        int n = numbers.numElements();
        int first = into.reserve(number, n);
        int[] places = into.places();
        float[] values = into.values();
        StoredNumbers.INTS.copy(indices, n, places, first);
        if (!StoredNumbers.DOUBLES.copy(numbers, n, values, first)) {
            return false;
        }
        Arrays.fill(block, at, at + column.width(), 0f);
        for (int i = first; i < first + n; i++) {
            block[at + places[i]] = values[i];
        }
        into.end(number, n);
        return true;
    }

    private Values flat(ArrayData array, float[] block, int at, int floats) {
        if (array.numElements() != floats || StoredNumbers.hasNull(array)) {
            return Values.RARE;
        }
        boolean finite = numbers.copy(array, floats, block, at);
        return areIds(array, 0, block, at, floats) ? Values.of(finite) : Values.RARE;
    }

    /** Whether what was read are ids, if they have to be: a number that is none may have become one when it was rounded. */
    private boolean areIds(SpecializedGetters from, int first, float[] block, int at, int n) {
        if (!column.reading().isIds()) {
            return true;
        }
        for (int i = 0; i < n; i++) {
            if (!numbers.isWhole(from, first + i)) {
                return false;
            }
        }
        return column.areIds(block, at, n);
    }

    private Values nested(ArrayData array, float[] block, int at, int floats) {
        int width = column.innermost();
        int n = array.numElements();
        if ((long) n * width != floats || StoredNumbers.hasNull(array)) {
            return Values.RARE;
        }
        boolean finite = true;
        for (int i = 0; i < n; i++) {
            ArrayData element = array.getArray(i);
            if (element.numElements() != width || StoredNumbers.hasNull(element)) {
                return Values.RARE;
            }
            finite &= numbers.copy(element, width, block, at + i * width);
        }
        return Values.of(finite);
    }
}
