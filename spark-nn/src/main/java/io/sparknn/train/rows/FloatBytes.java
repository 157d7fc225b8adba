package io.sparknn.train.rows;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.zip.CRC32C;

/** Floats to and from streams of bytes, many at a time. Not for several threads. */
final class FloatBytes {
    private static final int FLOATS = 4096;

    private final byte[] bytes = new byte[FLOATS * Float.BYTES];
    private final FloatBuffer floats =
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    private final CRC32C checksum = new CRC32C();

    void write(OutputStream out, float[] from, int length) throws IOException {
        for (int done = 0; done < length; done += FLOATS) {
            int n = Math.min(FLOATS, length - done);
            floats.put(0, from, done, n);
            out.write(bytes, 0, n * Float.BYTES);
        }
    }

    /** Fills an array; returns a checksum of it. */
    int read(DataInputStream in, float[] into) throws IOException {
        checksum.reset();
        for (int done = 0; done < into.length; done += FLOATS) {
            int n = Math.min(FLOATS, into.length - done);
            in.readFully(bytes, 0, n * Float.BYTES);
            checksum.update(bytes, 0, n * Float.BYTES);
            floats.get(0, into, done, n);
        }
        return (int) checksum.getValue();
    }
}
