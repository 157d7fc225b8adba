package io.sparknn.format;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Weights files put together by hand, right or wrong. */
final class RawFile {
    private RawFile() {}

    /** A file whose header is exactly the given text, under its true length. */
    static byte[] of(String header, int... data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[data.length];
        for (int index = 0; index < data.length; index++) {
            bytes[index] = (byte) data[index];
        }
        return of(json.length, json, bytes);
    }

    static byte[] of(long claimed, byte[] header, byte[] data) {
        return ByteBuffer.allocate(8 + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(claimed)
                .put(header)
                .put(data)
                .array();
    }

    /** A file of one tensor {@code x}. */
    static byte[] tensor(String type, String shape, int... data) {
        return of(entry(type, shape, 0, data.length), data);
    }

    static String entry(String type, String shape, long begin, long end) {
        return "{\"x\":" + fields(type, shape, begin, end) + "}";
    }

    static String fields(String type, String shape, long begin, long end) {
        return "{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + "," + end + "]}";
    }

    /** A stream of unknown length that hands out few bytes at a time, as sockets do. */
    static InputStream trickle(byte[] file) {
        return new FilterInputStream(new ByteArrayInputStream(file)) {
            @Override
            public int read(byte[] into, int from, int count) throws IOException {
                return super.read(into, from, Math.min(count, 7));
            }
        };
    }
}
