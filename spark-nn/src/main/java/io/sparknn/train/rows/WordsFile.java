package io.sparknn.train.rows;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Words in a file, mapped into memory when all are written. The file is deleted as soon as it is mapped, so that it is
 * gone whatever becomes of the JVM; where the system keeps mapped files, at the JVM's end.
 */
final class WordsFile implements Closeable {
    /** Words of a piece; a buffer has an int of bytes at most. */
    private static final int PIECE = 1 << 28;

    private final Path path;
    private final int piece;
    private final FileChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 18).order(ByteOrder.nativeOrder());
    private final FloatBuffer buffer = bytes.asFloatBuffer();
    private long end;

    WordsFile(Path path) throws IOException {
        this(path, PIECE);
    }

    WordsFile(Path path, int piece) throws IOException {
        this.path = path;
        this.piece = piece;
        channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Adds words within one piece; returns their location. */
    long add(float[] words, int from, int length) throws IOException {
        if (end % piece + length > piece) {
            flush();
            end += piece - end % piece;
        }
        long first = end;
        for (int done = 0; done < length; ) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int n = Math.min(buffer.remaining(), length - done);
            buffer.put(words, from + done, n);
            done += n;
            end += n;
        }
        return Words.location(Words.PIECES + (int) (first / piece), (int) (first % piece));
    }

    private void flush() throws IOException {
        bytes.position(0).limit(buffer.position() * Float.BYTES);
        long at = (end - buffer.position()) * Float.BYTES;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        bytes.clear();
        buffer.clear();
    }

    /** The pieces; the file is closed and, but for its mapped bytes, gone. */
    FloatBuffer[] map() throws IOException {
        flush();
        FloatBuffer[] pieces = new FloatBuffer[Math.toIntExact((end + piece - 1) / piece)];
        for (int i = 0; i < pieces.length; i++) {
            long first = (long) i * piece;
            pieces[i] = channel.map(
                            FileChannel.MapMode.READ_ONLY,
                            first * Float.BYTES,
                            Math.min(piece, end - first) * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        close();
        return pieces;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
