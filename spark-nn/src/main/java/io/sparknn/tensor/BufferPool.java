package io.sparknn.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The float arrays of one thread, reused from pass to pass.
 *
 * <p>A scoring pass runs the same operations over block after block; fresh arrays would cost 1.6 to 6 times the time of
 * an elementwise operation, in zeroing and garbage collection. Arrays are kept by exact length, so that every tensor's
 * array starts at 0 and has its own size. Lengths that no recent pass asked for are let go; several stages of a Pipeline
 * take turns on a thread, which is why the last pass alone does not decide.
 */
final class BufferPool {
    private static final int KEPT_PASSES = 16;
    private static final ThreadLocal<BufferPool> POOLS = ThreadLocal.withInitial(BufferPool::new);

    private final Map<Integer, Shelf> shelves = new HashMap<>();
    private final List<float[]> taken = new ArrayList<>();
    private int depth;
    private long pass;

    static BufferPool ofThread() {
        return POOLS.get();
    }

    void enter() {
        depth++;
    }

    /** An array until the outermost pass ends. */
    float[] take(int length) {
        float[] array = lend(length);
        taken.add(array);
        return array;
    }

    /** An array until it is given back; one that never is, is lost to the pool and nothing else. */
    float[] lend(int length) {
        Shelf shelf = shelves.computeIfAbsent(length, any -> new Shelf());
        shelf.lastPass = pass;
        float[] array = shelf.free.poll();
        return array == null ? new float[length] : array;
    }

    void giveBack(float[] lent) {
        shelves.get(lent.length).free.push(lent);
    }

    /** Gives back what was taken since the outermost pass began. */
    void leave() {
        if (--depth > 0) {
            return;
        }
        for (float[] array : taken) {
            shelves.get(array.length).free.push(array);
        }
        taken.clear();
        pass++;
        shelves.values().removeIf(shelf -> pass - shelf.lastPass > KEPT_PASSES);
    }

    private static final class Shelf {
        private final ArrayDeque<float[]> free = new ArrayDeque<>();
        private long lastPass;
    }
}
