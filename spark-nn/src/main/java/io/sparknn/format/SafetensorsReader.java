package io.sparknn.format;

import io.sparknn.format.FormatException.Reason;
import io.sparknn.format.SafetensorsHeader.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads one file front to back, taking no more memory than a small multiple of the bytes that are really there. */
final class SafetensorsReader {
    private static final int LENGTH_BYTES = 8;
    /** A multiple of every element's width. */
    private static final int PIECE_BYTES = 1 << 16;

    private final InputStream in;
    private final long length;
    private final byte[] pieceBytes = new byte[PIECE_BYTES];
    private final ByteBuffer piece = ByteBuffer.wrap(pieceBytes).order(ByteOrder.LITTLE_ENDIAN);

    /** {@code length} is that of the whole file, or negative if nobody knows it. */
    SafetensorsReader(InputStream in, long length) {
        this.in = in;
        this.length = length;
    }

    Safetensors read() throws IOException {
        int headerBytes = headerBytes();
        SafetensorsHeader header = SafetensorsHeader.parse(bytes(headerBytes, "the header"));
        if (length >= 0) {
            requireData(header, length - LENGTH_BYTES - headerBytes);
        }
        Map<String, float[]> values = new HashMap<>();
        for (Entry entry : SafetensorsHeader.inFileOrder(header.entries())) {
            values.put(entry.name, values(entry));
        }
        if (length < 0 && in.read() >= 0) {
            throw leftover("more");
        }
        Safetensors.Builder content = Safetensors.builder();
        for (Map.Entry<String, String> entry : header.metadata().entrySet()) {
            content.metadata(entry.getKey(), entry.getValue());
        }
        for (Entry entry : header.entries()) {
            content.adopt(entry.name, entry.shape, values.get(entry.name));
            if (entry.type == ElementType.I64) {
                content.whole(entry.name);
            }
        }
        return content.checked();
    }

    private int headerBytes() throws IOException {
        String what = "the length of the header";
        if (length >= 0 && length < LENGTH_BYTES) {
            throw truncated(LENGTH_BYTES, what, length);
        }
        long claimed = ByteBuffer.wrap(bytes(LENGTH_BYTES, what))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (claimed == 0) {
            throw new FormatException(Reason.HEADER_EMPTY, "header of a weights file expects at least {}, got 0 bytes");
        }
        if (claimed < 0 || claimed > SafetensorsHeader.MAX_BYTES) {
            throw new FormatException(
                    Reason.HEADER_TOO_LONG,
                    "header of a weights file expects at most " + SafetensorsHeader.MAX_BYTES + " bytes, got "
                            + Long.toUnsignedString(claimed) + "; is it a weights file?");
        }
        if (length >= 0 && claimed > length - LENGTH_BYTES) {
            throw new FormatException(
                    Reason.HEADER_BEYOND_FILE,
                    "header of a weights file expects " + claimed + " bytes, got " + (length - LENGTH_BYTES)
                            + " in the file; is it complete?");
        }
        return (int) claimed;
    }

    private static void requireData(SafetensorsHeader header, long available) throws FormatException {
        for (Entry entry : header.entries()) {
            if (entry.end > available) {
                throw SafetensorsHeader.refused(
                        Reason.BEYOND_FILE,
                        entry.name,
                        "bytes " + entry.begin + " to " + entry.end + " after the header",
                        available + " in the file; is it complete?");
            }
        }
        if (header.dataBytes() < available) {
            throw leftover(String.valueOf(available - header.dataBytes()));
        }
    }

    private float[] values(Entry entry) throws IOException {
        // What the file's length vouches for is taken at once; otherwise memory grows only as bytes arrive.
        float[] values = new float[length >= 0 ? entry.elements : Math.min(entry.elements, PIECE_BYTES)];
        int done = 0;
        while (done < entry.elements) {
            int count = Math.min(entry.elements - done, PIECE_BYTES / entry.type.bytes());
            if (done + count > values.length) {
                values = Arrays.copyOf(values, (int) Math.min(entry.elements, 2L * values.length));
            }
            fillPiece(entry, done, count);
            entry.type.next(piece, entry.name, values, done, count);
            done += count;
        }
        return values;
    }

    private void fillPiece(Entry entry, int done, int count) throws IOException {
        int width = entry.type.bytes();
        int got = in.readNBytes(pieceBytes, 0, count * width);
        if (got < count * width) {
            String what = "tensor " + FormatException.quoted(entry.name);
            throw truncated(entry.end - entry.begin, what, (long) done * width + got);
        }
        piece.position(0).limit(got);
    }

    /** Bytes of the head of the file; the stream takes memory only as they arrive. */
    private byte[] bytes(int wanted, String what) throws IOException {
        byte[] bytes = in.readNBytes(wanted);
        if (bytes.length < wanted) {
            throw truncated(wanted, what, bytes.length);
        }
        return bytes;
    }

    private static FormatException truncated(long wanted, String what, long got) {
        return new FormatException(
                Reason.TRUNCATED,
                "weights file expects " + wanted + " bytes for " + what + ", got the end after " + got
                        + "; is it complete?");
    }

    private static FormatException leftover(String count) {
        return new FormatException(
                Reason.LEFTOVER,
                "weights file expects to end after its last tensor, got " + count + " bytes left over");
    }
}
