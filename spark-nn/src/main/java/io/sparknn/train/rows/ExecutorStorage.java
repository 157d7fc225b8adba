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

    private static final Heap HEAP = new Heap();

    private final boolean encrypted;
    private boolean closed;

    /** For a task that packs rows; to be closed when Spark has taken them in. */
    ExecutorStorage() {
        encrypted = SparkEnv.get().serializerManager().encryptionEnabled();
        HEAP.open(SparkEnv.get().memoryManager());
    }

    @Override
    public boolean reserve(long bytes) {
        return encrypted || HEAP.reserve(bytes);
    }

    @Override
    public Path file() {
        return localFile();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            HEAP.close();
        }
    }

    /** For rows that come back from Spark's disk, where they went because memory was short. */
    static Storage disk() {
        boolean none =
                SparkEnv.get() == null || SparkEnv.get().serializerManager().encryptionEnabled();
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

    /** The heap that all tasks of this JVM share. */
    private static final class Heap {
        private int open;
        private long free;

        synchronized void open(MemoryManager memory) {
            // Spark's account lags behind what other tasks hold already, so it is asked when none does.
            if (open++ == 0) {
                free = (long) (SHARE * (memory.maxOnHeapStorageMemory() - memory.onHeapStorageMemoryUsed()));
            }
        }

        synchronized boolean reserve(long bytes) {
            boolean granted = bytes <= free;
            free -= granted ? bytes : 0;
            return granted;
        }

        /** What was reserved is not given back: Spark counts it now, and is asked again when no task is left. */
        synchronized void close() {
            open--;
        }
    }
}
