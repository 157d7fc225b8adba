package io.sparknn.train;

import org.apache.spark.TaskContext;

/** Ends a worker whose task was cancelled. Spark marks such tasks and, unless told to, does not interrupt their threads. */
final class Interruption {
    private Interruption() {}

    static void check() {
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.killTaskIfInterrupted();
        }
    }
}
