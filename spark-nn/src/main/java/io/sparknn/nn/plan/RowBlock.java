package io.sparknn.nn.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.Platform;

/**
 * Rows of a block in Spark's own format: what passes is copied when a row is read, as bytes, and what is computed is
 * written behind it when the block is done.
 *
 * <p>Behind each row room is left for as much as the largest row so far was given, so that none has to be moved.
 */
public final class RowBlock {
    /** Bytes of a block at most, where rows are large. */
    private static final int ROOM = 1 << 24;

    private static final long BYTES = Platform.BYTE_ARRAY_OFFSET;

    private final UnsafeProjection projection;
    private final boolean all;
    private final int[] written;
    private final int passingFields;
    private final int[] varying;
    private final int passingHead;
    private final int head;
    private final int bits;
    private final UnsafeRow row;
    private byte[] bytes = new byte[1 << 12];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int size;
    private int used;
    private int reserve;
    private int needed;

    /**
     * An empty block.
     *
     * @param layout of the rows read and written
     */
    public RowBlock(RowLayout layout) {
        all = layout.passesAll();
        written = layout.written();
        passingFields = layout.passing().length;
        projection = projection(layout);
        varying = varying(layout.passingTypes());
        int fields = passingFields + written.length;
        passingHead = UnsafeRow.calculateBitSetWidthInBytes(passingFields) + 8 * passingFields;
        bits = UnsafeRow.calculateBitSetWidthInBytes(fields);
        head = bits + 8 * fields;
        row = new UnsafeRow(fields);
    }

    private static UnsafeProjection projection(RowLayout layout) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < layout.passing().length; i++) {
            columns.add(new BoundReference(
                    layout.passing()[i], layout.passingTypes()[i], layout.passingNullable(i)));
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

    /** Drops all rows. Those given out are no longer valid. */
    public void clear() {
        size = 0;
        used = 0;
        reserve = needed;
    }

    /**
     * How many rows there are.
     *
     * @return the number of rows added
     */
    public int size() {
        return size;
    }

    /**
     * Adds a row with what passes of it; the new columns are null.
     *
     * @param source may hold other values afterwards
     * @return whether there is room for another
     */
    public boolean add(InternalRow source) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        starts[size] = used;
        if (passingFields == 0) {
            grow(head);
            Arrays.fill(bytes, used, used + head, (byte) 0);
            ends[size] = used + head;
        } else {
            copy(all && source instanceof UnsafeRow stored ? stored : projection.apply(source));
        }
        for (int i = 0; i < written.length; i++) {
            setNull(starts[size], passingFields + i);
        }
        used = ends[size] + reserve;
        size++;
        return used < ROOM;
    }

    private void copy(UnsafeRow from) {
        int rest = from.getSizeInBytes() - passingHead;
        grow(head + rest);
        Object base = from.getBaseObject();
        long at = from.getBaseOffset();
        int passingBits = passingHead - 8 * passingFields;
        long to = BYTES + used;
        Platform.copyMemory(base, at, bytes, to, passingBits);
        if (bits > passingBits) {
            Platform.putLong(bytes, to + passingBits, 0);
        }
        Platform.copyMemory(base, at + passingBits, bytes, to + bits, 8L * passingFields);
        for (int i = passingFields; i < passingFields + written.length; i++) {
            Platform.putLong(bytes, to + bits + 8L * i, 0);
        }
        Platform.copyMemory(base, at + passingHead, bytes, to + head, rest);
        long shift = (long) (head - passingHead) << 32;
        for (int field : varying) {
            long slot = to + bits + 8L * field;
            long place = Platform.getLong(bytes, slot);
            // 0 for null; but a null decimal keeps its place
            if (place != 0) {
                Platform.putLong(bytes, slot, place + shift);
            }
        }
        ends[size] = used + head + rest;
    }

    private void grow(int more) {
        long end = (long) used + more + reserve;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(end, Math.min(2L * bytes.length, 2L * ROOM))));
        }
    }

    /**
     * Gives a row its new columns.
     *
     * @param place of the row
     * @param values vectors, numbers in double, or nulls; all new columns, also those not written
     */
    public void write(int place, Object... values) {
        int room = 0;
        for (int column : written) {
            room += values[column] instanceof Vector vector ? sizeOf(vector.size()) : 0;
        }
        reserve(place, room);
        for (int i = 0; i < written.length; i++) {
            Object value = values[written[i]];
            if (value instanceof Vector vector) {
                long at = begin(place, i, vector.size());
                double[] numbers = vector.toDense().values();
                Platform.copyMemory(numbers, Platform.DOUBLE_ARRAY_OFFSET, bytes, at, 8L * numbers.length);
            } else if (value != null) {
                setNotNull(starts[place], passingFields + i);
                Platform.putDouble(bytes, slot(starts[place], passingFields + i), (Double) value);
            }
        }
    }

    /**
     * Gives a row its only new column, a vector.
     *
     * @param place of the row
     * @param values has the vector's
     * @param from where they begin
     * @param width how many there are
     */
    public void write(int place, float[] values, int from, int width) {
        if (written.length == 0) {
            return;
        }
        reserve(place, sizeOf(width));
        long at = begin(place, 0, width);
        for (int i = 0; i < width; i++) {
            Platform.putDouble(bytes, at + 8L * i, values[from + i]);
        }
    }

    /** Sees that a row has room for so many bytes behind it; moves it to the end if it has not. */
    private void reserve(int place, int room) {
        needed = Math.max(needed, room);
        if (room <= reserve) {
            return;
        }
        int length = ends[place] - starts[place];
        int more = length + room;
        long end = (long) used + more;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(end, Math.min(2L * bytes.length, 2L * ROOM))));
        }
        System.arraycopy(bytes, starts[place], bytes, used, length);
        starts[place] = used;
        ends[place] = used + length;
        used += more;
    }

    /** A dense vector as Spark stores it: a row of its kind, two nulls that sparse ones fill, and an array. */
    private long begin(int place, int column, int width) {
        int start = starts[place];
        int at = ends[place];
        int length = sizeOf(width);
        setNotNull(start, passingFields + column);
        Platform.putLong(bytes, slot(start, passingFields + column), ((long) (at - start) << 32) | length);
        long to = BYTES + at;
        int arrayHead = arrayHead(width);
        Platform.putLong(bytes, to, 0b0110);
        Platform.putLong(bytes, to + 8, 0);
        Platform.putByte(bytes, to + 8, (byte) 1);
        Platform.putLong(bytes, to + 16, 0);
        Platform.putLong(bytes, to + 24, 0);
        Platform.putLong(bytes, to + 32, (40L << 32) | (arrayHead + 8 * width));
        Platform.putLong(bytes, to + 40, width);
        for (int i = 8; i < arrayHead; i += 8) {
            Platform.putLong(bytes, to + 40 + i, 0);
        }
        ends[place] = at + length;
        return to + 40 + arrayHead;
    }

    private static int arrayHead(int width) {
        return 8 + (width + 63) / 64 * 8;
    }

    private static int sizeOf(int width) {
        return Math.addExact(40 + arrayHead(width), Math.multiplyExact(8, width));
    }

    private long slot(int start, int field) {
        return BYTES + start + bits + 8L * field;
    }

    private void setNull(int start, int field) {
        long word = BYTES + start + (field >> 6) * 8L;
        Platform.putLong(bytes, word, Platform.getLong(bytes, word) | (1L << (field & 63)));
    }

    private void setNotNull(int start, int field) {
        long word = BYTES + start + (field >> 6) * 8L;
        Platform.putLong(bytes, word, Platform.getLong(bytes, word) & ~(1L << (field & 63)));
    }

    /**
     * A row, complete.
     *
     * @param place its place
     * @return always the same object
     */
    public UnsafeRow row(int place) {
        row.pointTo(bytes, BYTES + starts[place], ends[place] - starts[place]);
        return row;
    }
}
