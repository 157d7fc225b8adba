package io.sparknn.train.net;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Byte arrays used again: one for each message would keep the garbage collector busy with large arrays. */
final class BytePool {
    private static final int SMALLEST = 10;
    private static final int LARGEST = 18;

    private final Queue<byte[]>[] free;

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of generic classes cannot be made
    BytePool() {
        free = new Queue[LARGEST - SMALLEST + 1];
        for (int i = 0; i < free.length; i++) {
            free[i] = new ConcurrentLinkedQueue<>();
        }
    }

    /** An array of at least that length, with anything in it. */
    byte[] take(int length) {
        int size = sizeOf(length);
        if (size > LARGEST) {
            return new byte[length];
        }
        byte[] bytes = free[size - SMALLEST].poll();
        return bytes != null ? bytes : new byte[1 << size];
    }

    void give(byte[] bytes) {
        int size = sizeOf(bytes.length);
        if (size <= LARGEST && bytes.length == 1 << size) {
            free[size - SMALLEST].add(bytes);
        }
    }

    private static int sizeOf(int length) {
        return Math.max(SMALLEST, Integer.SIZE - Integer.numberOfLeadingZeros(length - 1));
    }
}
