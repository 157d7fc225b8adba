package io.sparknn.examples;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * A file of unsigned bytes in the IDX format, in which MNIST comes: two zero bytes, the type, the number of axes, the
 * size of each axis in four bytes, and the values. Zipped by gzip or not.
 */
final class IdxFile {
    private static final int UNSIGNED_BYTE = 8;
    private static final int GZIP = 0x1f8b;

    private final byte[] bytes;
    private final int start;
    private final int count;
    private final int width;

    private IdxFile(byte[] bytes, int start, int count, int width) {
        this.bytes = bytes;
        this.start = start;
        this.count = count;
        this.width = width;
    }

    /**
     * Reads the content of a file.
     *
     * @param name the file, for errors
     * @param content all of its bytes
     * @return its items along the first axis
     * @throws IOException if it is no IDX file of unsigned bytes
     */
    static IdxFile of(String name, byte[] content) throws IOException {
        byte[] bytes = plain(content);
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (bytes.length < 8 || header.getShort() != 0 || header.get() != UNSIGNED_BYTE) {
            throw new IOException(
                    name + " is not an IDX file of unsigned bytes; give a folder with MNIST's four files");
        }
        int axes = header.get();
        if (axes < 1 || bytes.length < 4 + 4 * axes) {
            throw new IOException(name + " ends within its header");
        }
        int count = header.getInt();
        long width = 1;
        for (int axis = 1; axis < axes; axis++) {
            width *= header.getInt();
        }
        if (count < 0 || width < 1 || header.remaining() != count * width) {
            throw new IOException(name + " tells of " + count + " items of " + width + " bytes, and holds "
                    + header.remaining() + " bytes; it is damaged");
        }
        return new IdxFile(bytes, header.position(), count, (int) width);
    }

    private static byte[] plain(byte[] content) throws IOException {
        if (content.length < 2 || (ByteBuffer.wrap(content).getShort() & 0xffff) != GZIP) {
            return content;
        }
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return unzipped.readAllBytes();
        }
    }

    int count() {
        return count;
    }

    /** The only byte of an item, as in a file of labels. */
    double label(int item) {
        return bytes[start + item * width] & 0xff;
    }

    /** The bytes of an item, scaled to [0, 1]; sparse where most are 0. */
    Vector pixels(int item) {
        double[] pixels = new double[width];
        Arrays.setAll(pixels, i -> (bytes[start + item * width + i] & 0xff) / 255.0);
        return Vectors.dense(pixels).compressed();
    }
}
