package io.sparknn.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the layout: length, header, elements. */
final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;
    private static final int PIECE_BYTES = 1 << 16;

    private SafetensorsWriter() {}

    static void write(String header, Safetensors content, OutputStream out) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        // Spaces up to a multiple of 8, so that readers that map the file find aligned elements.
        byte[] padded = Arrays.copyOf(json, Math.floorDiv(json.length + ALIGNMENT - 1, ALIGNMENT) * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        byte[] bytes = new byte[PIECE_BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(padded.length);
        out.write(bytes, 0, Long.BYTES);
        out.write(padded);
        for (String name : content.names()) {
            write(content.elements(name), content.isWhole(name), bytes, out);
        }
        out.flush();
    }

    /** Refuses a header that our own reader would refuse for its length. */
    static void requireWritable(String header) {
        int bytes = header.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > SafetensorsHeader.MAX_BYTES - ALIGNMENT) {
            throw new IllegalArgumentException("header of a weights file expects at most " + SafetensorsHeader.MAX_BYTES
                    + " bytes, got " + bytes + "; write fewer tensors or less metadata");
        }
    }

    private static void write(float[] tensor, boolean whole, byte[] bytes, OutputStream out) throws IOException {
        ByteBuffer piece = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int step = PIECE_BYTES / (whole ? Long.BYTES : Float.BYTES);
        for (int done = 0; done < tensor.length; done += step) {
            int count = Math.min(step, tensor.length - done);
            piece.clear();
            for (int index = 0; index < count; index++) {
                if (whole) {
                    piece.putLong((long) tensor[done + index]);
                } else {
                    // Raw bits: the plain conversion would make every NaN the same.
                    piece.putInt(Float.floatToRawIntBits(tensor[done + index]));
                }
            }
            out.write(bytes, 0, piece.position());
        }
    }
}
