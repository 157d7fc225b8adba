package io.sparknn.train.rows;

import java.io.Closeable;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes words in, on the heap while its storage has room, and then into a file. */
final class WordsWriter implements Closeable {
    /**
     * Words of an array: with its header a bit less than a power of two of bytes, so that the regions of the heap are
     * filled, and small against them.
     */
    static final int ARRAY = (1 << 15) - 16;

    private final Storage storage;
    private final List<float[]> arrays = new ArrayList<>();
    private float[] array = new float[0];
    private int used;
    private long beside;
    private WordsFile file;

    WordsWriter(Storage storage) {
        this.storage = storage;
    }

    /** Words that go on without a gap, if they begin with so many that must not be parted. */
    int room(int length) {
        int left = file == null ? array.length - used : Integer.MAX_VALUE;
        return left >= length ? left : Math.max(ARRAY, length);
    }

    /** Counts what the heap has to hold beside the words. */
    void addBeside(long bytes) {
        beside += bytes;
    }

    /** Adds words, which stay together; returns their location. */
    long add(float[] words, int from, int length) throws IOException {
        if (file == null && used + length > array.length) {
            grow(length);
        }
        if (file != null) {
            return file.add(words, from, length);
        }
        System.arraycopy(words, from, array, used, length);
        used += length;
        return Words.location(arrays.size() - 1, used - length);
    }

    private void grow(int length) throws IOException {
        trim();
        int size = Math.max(ARRAY, length);
        if (storage.reserve((long) size * Float.BYTES + beside)) {
            array = new float[size];
            arrays.add(array);
            used = 0;
        } else {
            file = new WordsFile(storage.file());
        }
        beside = 0;
    }

    /** Cuts off what is left of the last array, unless that is little. */
    private void trim() {
        if (!arrays.isEmpty() && used < array.length - array.length / 32) {
            arrays.set(arrays.size() - 1, Arrays.copyOf(array, used));
        }
        array = new float[0];
        used = 0;
    }

    /** What was added; nothing can be added after. */
    Words finish() throws IOException {
        trim();
        FloatBuffer[] pieces = file == null ? new FloatBuffer[0] : file.map();
        return new Words(arrays.toArray(new float[0][]), pieces);
    }

    /** Gives up, or does nothing after {@link #finish}. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
