package io.sparknn.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message in protobuf's wire format as it is put together: fields in the order in which they are added. */
final class Protobuf {
    private static final int VARINT = 0;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    /** Bytes, messages within, and float arrays, which are not copied. */
    private final List<Object> parts = new ArrayList<>();

    private ByteArrayOutputStream open;

    Protobuf integer(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    Protobuf fraction(int field, float value) {
        tag(field, FIXED32);
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < 32; shift += 8) {
            open.write(bits >>> shift);
        }
        return this;
    }

    Protobuf text(int field, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        tag(field, LENGTH);
        varint(bytes.length);
        open.write(bytes, 0, bytes.length);
        return this;
    }

    Protobuf message(int field, Protobuf message) {
        tag(field, LENGTH);
        varint(message.size());
        parts.add(message);
        open = null;
        return this;
    }

    /** Floats as little-endian bytes. */
    Protobuf bytes(int field, float... values) {
        tag(field, LENGTH);
        varint(4L * values.length);
        parts.add(values);
        open = null;
        return this;
    }

    /** Whole numbers of 64 bits as little-endian bytes. */
    Protobuf bytes(int field, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        tag(field, LENGTH);
        varint(bytes.capacity());
        open.write(bytes.array(), 0, bytes.capacity());
        return this;
    }

    private void tag(int field, int type) {
        if (open == null) {
            open = new ByteArrayOutputStream(64);
            parts.add(open);
        }
        varint((long) field << 3 | type);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            open.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        open.write((int) rest);
    }

    long size() {
        long size = 0;
        for (Object part : parts) {
            if (part instanceof Protobuf message) {
                size += message.size();
            } else {
                size += part instanceof float[] values ? 4L * values.length : ((ByteArrayOutputStream) part).size();
            }
        }
        return size;
    }

    void write(OutputStream out) throws IOException {
        for (Object part : parts) {
            if (part instanceof Protobuf message) {
                message.write(out);
            } else if (part instanceof float[] values) {
                write(values, out);
            } else {
                ((ByteArrayOutputStream) part).writeTo(out);
            }
        }
    }

    private static void write(float[] values, OutputStream out) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < values.length; ) {
            int count = Math.min(values.length - done, piece.capacity() / 4);
            piece.asFloatBuffer().put(values, done, count);
            out.write(piece.array(), 0, 4 * count);
            done += count;
        }
    }
}
