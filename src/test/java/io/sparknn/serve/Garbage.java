package io.sparknn.serve;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Prints the bytes that scoring creates once it is compiled: for a group of rows, and for a row alone. */
public final class Garbage {
    static final long BYTES = 4096;
    private static final int ROWS = 256;
    private static final int RUNS = 20_000;

    private Garbage() {}

    /** The directory of a model, the width of its rows, and that of its outputs. */
    public static void main(String[] arguments) {
        Predictor predictor = Predictor.load(arguments[0]);
        float[] rows = new float[ROWS * Integer.parseInt(arguments[1])];
        float[] one = new float[Integer.parseInt(arguments[1])];
        float[] outputs = new float[ROWS * Integer.parseInt(arguments[2])];
        System.out.println(bytesOf(() -> predictor.predictInto(ROWS, rows, outputs)));
        System.out.println(bytesOf(() -> predictor.predictInto(one, outputs)));
    }

    /** Bytes of the best run; until the kernels are compiled, vectors may be objects. */
    private static long bytesOf(Runnable run) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < RUNS && least >= BYTES; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run.run();
            long after = threads.getCurrentThreadAllocatedBytes();
            long ofAsking = threads.getCurrentThreadAllocatedBytes() - after;
            least = Math.min(least, after - before - ofAsking);
        }
        return least;
    }
}
