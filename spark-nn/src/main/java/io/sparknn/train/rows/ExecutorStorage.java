package io.sparknn.train.rows;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.memory.MemoryManager;

/**
 * What Spark has to offer on an executor: the part of its storage memory that nobody uses, shared by the tasks that pack
 * rows at the same time, and its local directories.
 *
 * <p>Where Spark encrypts what it writes to local disks, nothing is written here: rows that it has no memory for stay on
 * the heap.
 */
final class ExecutorStorage implements Storage, AutoCloseable {
    /** Spark asks for half as much again while it takes in a block; a rest is left to those who need memory later. */
    private static final double SHARE = 0.6;

    private static final Object LOCK = new Object();
    private static int open;
    private static long free;

    private final boolean encrypted;
    private boolean closed;

    /** For a task that packs rows; to be closed when Spark has taken them in. */
    ExecutorStorage() {
        SparkEnv env = SparkEnv.get();
        encrypted = env.serializerManager().encryptionEnabled();
        enter(env.memoryManager());
    }

    private static void enter(MemoryManager memory) {
        synchronized (LOCK) {
            // Spark's account lags behind what other tasks hold already, so it is asked when none does.
            if (open++ == 0) {
                free = (long) (SHARE * (memory.maxOnHeapStorageMemory() - memory.onHeapStorageMemoryUsed()));
            }
        }
    }

    @Override
    public boolean reserve(long bytes) {
        synchronized (LOCK) {
            boolean granted = encrypted || bytes <= free;
            free -= granted ? bytes : 0;
            return granted;
        }
    }

    @Override
    public Path file() {
        return localFile();
    }

    /** What was reserved is not given back: Spark counts it now, and the next who finds no task packing asks Spark. */
    @Override
    public void close() {
        synchronized (LOCK) {
            open -= closed ? 0 : 1;
            closed = true;
        }
    }

    /** For rows that come back from Spark's disk, where they went because memory was short. */
    static Storage disk() {
        boolean none = SparkEnv.get() == null
                || SparkEnv.get().serializerManager().encryptionEnabled();
        return new Storage() {
            @Override
            public boolean reserve(long bytes) {
                return none;
            }

            @Override
            public Path file() throws IOException {
                return localFile();
            }
        };
    }

    private static Path localFile() {
        return SparkEnv.get()
                .blockManager()
                .diskBlockManager()
                .createTempLocalBlock()
                ._2()
                .toPath();
    }
}
