package io.sparknn.nn;

import io.sparknn.tensor.Pass;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;

/** Numbers of a type in the rows and arrays that Spark stores, as floats. */
enum StoredNumbers {
    DOUBLES,
    FLOATS,
    LONGS,
    INTS,
    SHORTS,
    BYTES,
    BOOLEANS;

    private static final Map<DataType, StoredNumbers> OF_TYPES = Map.of(
            DataTypes.DoubleType, DOUBLES,
            DataTypes.FloatType, FLOATS,
            DataTypes.LongType, LONGS,
            DataTypes.IntegerType, INTS,
            DataTypes.ShortType, SHORTS,
            DataTypes.ByteType, BYTES,
            DataTypes.BooleanType, BOOLEANS);

    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.nativeOrder());

    /** The bits of an infinite float; those of NaN come behind, those of finite ones before. */
    private static final int INFINITE = 0x7f800000;

    /** Those in a column of numbers or of arrays of them; null for types that are rare. */
    static StoredNumbers of(DataType type) {
        if (type instanceof ArrayType array) {
            return of(array.elementType());
        }
        return OF_TYPES.get(type);
    }

    /** A number that is there, as Java narrows it. */
    float get(SpecializedGetters numbers, int i) {
        return switch (this) {
            case DOUBLES -> (float) numbers.getDouble(i);
            case FLOATS -> numbers.getFloat(i);
            case LONGS -> numbers.getLong(i);
            case INTS -> numbers.getInt(i);
            case SHORTS -> numbers.getShort(i);
            case BYTES -> numbers.getByte(i);
            case BOOLEANS -> numbers.getBoolean(i) ? 1 : 0;
        };
    }

    /** Whether no digit of a number is lost in its float. Those of whole numbers are lost only where they are no ids. */
    boolean isWhole(SpecializedGetters numbers, int i) {
        return this != DOUBLES || (float) numbers.getDouble(i) == numbers.getDouble(i);
    }

    /**
     * Copies the numbers of an array, none of which is null; tells whether all are finite. Doubles are looked at on the
     * way: to load them again as a vector would wait for the single stores.
     */
    boolean copy(ArrayData array, int n, float[] block, int at) {
        if (this == DOUBLES
                && array instanceof UnsafeArrayData stored
                && stored.getBaseObject() instanceof byte[] bytes) {
            // Not by Platform: a place that may be outside the heap is read with barriers, one number at a time.
            int from = (int) (values(stored) - Platform.BYTE_ARRAY_OFFSET);
            int largest = 0;
            for (int i = 0; i < n; i++) {
                float number = (float) (double) DOUBLE.get(bytes, from + 8 * i);
                block[at + i] = number;
                largest = Math.max(largest, magnitude(number));
            }
            return largest < INFINITE;
        }
        if (this == FLOATS && array instanceof UnsafeArrayData stored) {
            Platform.copyMemory(
                    stored.getBaseObject(), values(stored), block, Platform.FLOAT_ARRAY_OFFSET + 4L * at, 4L * n);
        } else {
            for (int i = 0; i < n; i++) {
                block[at + i] = get(array, i);
            }
        }
        return isInteger() || Pass.allFinite(block, at, n);
    }

    /** Whether all numbers of the type are whole ones. */
    private boolean isInteger() {
        return this != DOUBLES && this != FLOATS;
    }

    private static int magnitude(float number) {
        return Float.floatToRawIntBits(number) & Integer.MAX_VALUE;
    }

    /** Copies whole numbers, none of which is null. */
    void copy(ArrayData array, int n, int[] to, int at) {
        if (array instanceof UnsafeArrayData stored) {
            Platform.copyMemory(
                    stored.getBaseObject(), values(stored), to, Platform.INT_ARRAY_OFFSET + 4L * at, 4L * n);
        } else {
            for (int i = 0; i < n; i++) {
                to[at + i] = array.getInt(i);
            }
        }
    }

    private static long values(UnsafeArrayData array) {
        return array.getBaseOffset() + 8 + nullWords(array) * 8L;
    }

    private static int nullWords(UnsafeArrayData array) {
        return (array.numElements() + 63) / 64;
    }

    static boolean hasNull(ArrayData array) {
        if (array instanceof UnsafeArrayData stored) {
            long bits = 0;
            for (int i = 0; i < nullWords(stored); i++) {
                bits |= Platform.getLong(stored.getBaseObject(), stored.getBaseOffset() + 8 + 8L * i);
            }
            return bits != 0;
        }
        for (int i = 0; i < array.numElements(); i++) {
            if (array.isNullAt(i)) {
                return true;
            }
        }
        return false;
    }
}
