package io.sparknn.train.rows;

import java.nio.FloatBuffer;

/**
 * The words of rows: arrays on the heap and pieces of a mapped file. The location of a row is the number of its array or
 * piece, and below it in 32 bits the index of its first word there.
 */
final class Words {
    /** Numbers from here on are pieces of the file. */
    static final int PIECES = 1 << 30;

    private final float[][] arrays;
    private final FloatBuffer[] pieces;
    private final long heapBytes;

    Words(float[][] arrays, FloatBuffer... pieces) {
        this.arrays = arrays;
        this.pieces = pieces;
        long bytes = 0;
        for (float[] array : arrays) {
            bytes += 24 + (long) array.length * Float.BYTES;
        }
        this.heapBytes = bytes;
    }

    static long location(int store, int word) {
        return (long) store << 32 | word;
    }

    /** Copies words that begin some words behind a location. */
    void copy(long location, int skip, float[] into, int at, int length) {
        int store = (int) (location >>> 32);
        int from = (int) location + skip;
        if (store < PIECES) {
            System.arraycopy(arrays[store], from, into, at, length);
        } else {
            pieces[store - PIECES].get(from, into, at, length);
        }
    }

    float word(long location, int skip) {
        int store = (int) (location >>> 32);
        int from = (int) location + skip;
        return store < PIECES ? arrays[store][from] : pieces[store - PIECES].get(from);
    }

    /** Bytes on the heap. */
    long heapBytes() {
        return heapBytes;
    }

    /** Whether some words are in a file. */
    boolean isOnDisk() {
        return pieces.length > 0;
    }
}
