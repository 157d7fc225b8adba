package io.sparknn.nn.plan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.Platform;

/**
 * Rows of a block in Spark's own format: what passes is copied when a row is read, as bytes, and what is computed is
 * written behind it.
 *
 * <p>Behind each row room is left for as much as any row before was given, so that only those of a partition's first
 * block have to be moved.
 */
final class RowBlock {
    /** Bytes of a block, about, where rows are large. */
    private static final int ROOM = 1 << 24;

    private static final long BYTES = Platform.BYTE_ARRAY_OFFSET;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.nativeOrder());

    /** A stored vector is a row of four fields, of which a dense one has null for size and indices. */
    private static final int VECTOR_HEAD = 8 + 4 * 8;

    private static final long SIZE_AND_INDICES_NULL = 0b0110;
    private static final byte DENSE = 1;

    private final UnsafeProjection projection;
    private final boolean all;
    private final int passing;
    private final int fields;
    private final int[] varying;
    private final int passingBits;
    private final int passingHead;
    private final int bits;
    private final int head;
    private final UnsafeRow row;
    private byte[] bytes = new byte[1 << 12];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] limits = new int[64];
    private int[] lengths = new int[64];
    private int size;
    private int used;
    private int reserve;
    private int needed;

    RowBlock(RowLayout layout) {
        all = layout.passesAll();
        passing = layout.passing().length;
        fields = layout.fields();
        projection = projection(layout);
        varying = varying(layout.passingTypes());
        passingBits = UnsafeRow.calculateBitSetWidthInBytes(passing);
        passingHead = passingBits + 8 * passing;
        bits = UnsafeRow.calculateBitSetWidthInBytes(fields);
        head = bits + 8 * fields;
        row = new UnsafeRow(fields);
    }

    private static UnsafeProjection projection(RowLayout layout) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < layout.passing().length; i++) {
            columns.add(new BoundReference(layout.passing()[i], layout.passingTypes()[i], true));
        }
        return SparkLine.projection(columns);
    }

    private static int[] varying(DataType... types) {
        int[] places = new int[types.length];
        int n = 0;
        for (int i = 0; i < types.length; i++) {
            if (!UnsafeRow.isFixedLength(types[i])) {
                places[n++] = i;
            }
        }
        return Arrays.copyOf(places, n);
    }

    /** Drops all rows; those given out are no longer valid. */
    void clear() {
        size = 0;
        used = 0;
        reserve = needed;
    }

    /** Adds a row with what passes of it; new columns are null. Tells whether there is room for another. */
    boolean add(InternalRow source) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            limits = Arrays.copyOf(limits, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
        }
        int start = used;
        int length =
                passing == 0 ? empty() : copy(all && source instanceof UnsafeRow stored ? stored : projected(source));
        for (int i = passing; i < fields; i++) {
            int word = start + (i >> 6) * 8;
            LONG.set(bytes, word, (long) LONG.get(bytes, word) | (1L << (i & 63)));
        }
        starts[size] = start;
        ends[size] = start + length;
        lengths[size] = length;
        used = ends[size] + reserve;
        limits[size] = used;
        size++;
        return used < ROOM;
    }

    private UnsafeRow projected(InternalRow source) {
        return projection.apply(source);
    }

    private int empty() {
        grow(head + reserve);
        Arrays.fill(bytes, used, used + head, (byte) 0);
        return head;
    }

    private int copy(UnsafeRow from) {
        int rest = from.getSizeInBytes() - passingHead;
        grow(head + rest + reserve);
        Object base = from.getBaseObject();
        long at = from.getBaseOffset();
        copy(base, at, used, passingBits);
        Arrays.fill(bytes, used + passingBits, used + bits, (byte) 0);
        copy(base, at + passingBits, used + bits, 8 * passing);
        Arrays.fill(bytes, used + bits + 8 * passing, used + head, (byte) 0);
        copy(base, at + passingHead, used + head, rest);
        long shift = (long) (head - passingHead) << 32;
        for (int field : varying) {
            int slot = slot(used, field);
            long place = (long) LONG.get(bytes, slot);
            // 0 for null, but a null decimal keeps its place
            if (place != 0) {
                LONG.set(bytes, slot, place + shift);
            }
        }
        return head + rest;
    }

    private void copy(Object base, long at, int to, int n) {
        if (base instanceof byte[] source) {
            System.arraycopy(source, (int) (at - BYTES), bytes, to, n);
        } else {
            Platform.copyMemory(base, at, bytes, BYTES + to, n);
        }
    }

    private void grow(int more) {
        long end = (long) used + more;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(end, Math.min(2L * bytes.length, 2L * ROOM))));
        }
    }

    /** Gives a row new columns, vectors or numbers or nulls; fields below 0 are not written. */
    void write(int place, int[] into, Object... values) {
        int room = 0;
        for (int i = 0; i < into.length; i++) {
            room += into[i] >= 0 && values[i] instanceof DenseVector vector ? sizeOf(vector.size()) : 0;
        }
        reserve(place, room);
        for (int i = 0; i < into.length; i++) {
            if (into[i] < 0) {
                continue;
            }
            if (values[i] instanceof DenseVector vector) {
                double[] numbers = vector.values();
                int at = begin(place, into[i], numbers.length);
                for (int j = 0; j < numbers.length; j++) {
                    DOUBLE.set(bytes, at + 8 * j, numbers[j]);
                }
            } else if (values[i] != null) {
                setNotNull(starts[place], into[i]);
                DOUBLE.set(bytes, slot(starts[place], into[i]), (double) values[i]);
            }
        }
    }

    /** Gives a row a new column, a vector. */
    void write(int place, int field, float[] values, int from, int width) {
        reserve(place, sizeOf(width));
        int at = begin(place, field, width);
        byte[] to = bytes;
        for (int i = 0; i < width; i++) {
            DOUBLE.set(to, at + 8 * i, (double) values[from + i]);
        }
    }

    /** Sees that a row has room for so many bytes behind it; moves it behind all others if it has not. */
    private void reserve(int place, int room) {
        int length = ends[place] - starts[place] + room;
        needed = Math.max(needed, length - lengths[place]);
        if (ends[place] + room <= limits[place]) {
            return;
        }
        grow(length);
        System.arraycopy(bytes, starts[place], bytes, used, length - room);
        starts[place] = used;
        ends[place] = used + length - room;
        used += length;
        limits[place] = used;
    }

    /** Writes all of a dense vector but its numbers; tells where those go. */
    private int begin(int place, int field, int width) {
        int start = starts[place];
        int length = sizeOf(width);
        int arrayHead = arrayHead(width);
        setNotNull(start, field);
        LONG.set(bytes, slot(start, field), ((long) (ends[place] - start) << 32) | length);
        int to = ends[place];
        LONG.set(bytes, to, SIZE_AND_INDICES_NULL);
        LONG.set(bytes, to + 8, 0L);
        bytes[to + 8] = DENSE;
        LONG.set(bytes, to + 16, 0L);
        LONG.set(bytes, to + 24, 0L);
        LONG.set(bytes, to + 32, ((long) VECTOR_HEAD << 32) | (arrayHead + 8 * width));
        LONG.set(bytes, to + VECTOR_HEAD, (long) width);
        for (int i = 8; i < arrayHead; i += 8) {
            LONG.set(bytes, to + VECTOR_HEAD + i, 0L);
        }
        ends[place] += length;
        return to + VECTOR_HEAD + arrayHead;
    }

    private static int arrayHead(int width) {
        return 8 + (width + 63) / 64 * 8;
    }

    private static int sizeOf(int width) {
        return Math.addExact(VECTOR_HEAD + arrayHead(width), Math.multiplyExact(8, width));
    }

    private int slot(int start, int field) {
        return start + bits + 8 * field;
    }

    private void setNotNull(int start, int field) {
        int word = start + (field >> 6) * 8;
        LONG.set(bytes, word, (long) LONG.get(bytes, word) & ~(1L << (field & 63)));
    }

    /** A row: always the same object. */
    UnsafeRow row(int place) {
        row.pointTo(bytes, BYTES + starts[place], ends[place] - starts[place]);
        return row;
    }
}
