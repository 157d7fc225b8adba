package io.sparknn.onnx;

import java.nio.charset.StandardCharsets;

/** Reads a message in protobuf's wire format, field by field, and never beyond its bytes. */
final class ProtobufReader {
    private static final int MAX_DEPTH = 32;

    private final byte[] data;
    private final int end;
    private final int depth;
    private int at;
    private int field;
    private int type;

    ProtobufReader(byte... data) {
        this(data, 0, data.length, 0);
    }

    private ProtobufReader(byte[] data, int from, int end, int depth) {
        this.data = data;
        this.at = from;
        this.end = end;
        this.depth = depth;
        if (depth > MAX_DEPTH) {
            throw damaged("messages within messages, deeper than " + MAX_DEPTH);
        }
    }

    static IllegalArgumentException damaged(String what) {
        return new IllegalArgumentException("an ONNX file expects whole messages, got " + what + "; it is damaged");
    }

    /** Goes to the next field; false at the end. A value nobody asked for has to be {@link #skip skipped}. */
    boolean next() {
        if (at >= end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        type = (int) tag & 7;
        if (tag >>> 3 == 0 || tag >>> 3 > 1 << 29) {
            throw damaged("a field of number " + (tag >>> 3));
        }
        return true;
    }

    int field() {
        return field;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw damaged("its end within a number");
            }
            byte next = data[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("a number of more than 64 bits");
    }

    long integer() {
        require(0);
        return varint();
    }

    float fraction() {
        require(5);
        return Float.intBitsToFloat((int) fixed(4));
    }

    private long fixed(int bytes) {
        if (end - at < bytes) {
            throw damaged("its end within a number");
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (data[at++] & 0xffL) << (8 * i);
        }
        return value;
    }

    String text() {
        ProtobufReader bytes = message();
        return new String(data, bytes.at, bytes.end - bytes.at, StandardCharsets.UTF_8);
    }

    /** The bytes of a field as a reader of their own. */
    ProtobufReader message() {
        require(2);
        long length = varint();
        if (length < 0 || length > end - at) {
            throw damaged("a field of " + length + " bytes where " + (end - at) + " are left");
        }
        ProtobufReader message = new ProtobufReader(data, at, at + (int) length, depth + 1);
        at += (int) length;
        return message;
    }

    int left() {
        return end - at;
    }

    /** Numbers, whether packed in one field or alone. */
    void integers(LongList into) {
        if (type == 0) {
            into.add(varint());
            return;
        }
        ProtobufReader packed = message();
        while (packed.at < packed.end) {
            into.add(packed.varint());
        }
    }

    /** Floats, whether packed in one field or alone. */
    void floats(LongList bits) {
        if (type == 5) {
            bits.add(fixed(4));
            return;
        }
        ProtobufReader packed = message();
        while (packed.at < packed.end) {
            bits.add(packed.fixed(4));
        }
    }

    /** Doubles, whether packed in one field or alone. */
    void doubles(LongList bits) {
        if (type == 1) {
            bits.add(fixed(8));
            return;
        }
        ProtobufReader packed = message();
        while (packed.at < packed.end) {
            bits.add(packed.fixed(8));
        }
    }

    /** A number of so many bytes, little-endian. */
    long raw(int bytes) {
        return fixed(bytes);
    }

    void skip() {
        switch (type) {
            case 0 -> varint();
            case 1 -> fixed(8);
            case 2 -> message();
            case 5 -> fixed(4);
            default -> throw damaged("a field of type " + type);
        }
    }

    private void require(int wanted) {
        if (type != wanted) {
            throw damaged("a field of type " + type + " in place of " + wanted);
        }
    }

    /** Numbers that grow as they come. */
    static final class LongList {
        private long[] values = new long[8];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = java.util.Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        long[] toArray() {
            return java.util.Arrays.copyOf(values, size);
        }

        int size() {
            return size;
        }
    }
}
