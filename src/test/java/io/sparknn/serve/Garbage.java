package io.sparknn.serve;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Prints the bytes that scoring creates once it is compiled: for a group of rows of each model, and for a row alone. */
public final class Garbage {
    private static final int ROWS = 64;
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(20);

    private Garbage() {}

    /** Directories of models. */
    public static void main(String[] directories) {
        for (String directory : directories) {
            Predictor predictor = Predictor.load(directory);
            int width = predictor.inputShape().dropFirst(1).size();
            float[] rows = new float[ROWS * width];
            float[] one = new float[width];
            float[] outputs =
                    new float[ROWS * predictor.outputShape().dropFirst(1).size()];
            System.out.println(bytesOf(() -> predictor.predictInto(ROWS, rows, outputs)));
            System.out.println(bytesOf(() -> predictor.predictInto(one, outputs)));
        }
    }

    /** Bytes of the best run; until the kernels are compiled, vectors may be objects. */
    private static long bytesOf(Runnable run) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (long end = System.nanoTime() + LIMIT; least > 0 && System.nanoTime() < end; ) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run.run();
            long after = threads.getCurrentThreadAllocatedBytes();
            long ofAsking = threads.getCurrentThreadAllocatedBytes() - after;
            least = Math.min(least, after - before - ofAsking);
        }
        return least;
    }
}
