package io.sparknn.nn;

import org.apache.spark.TaskContext;

/**
 * Ends work whose task was cancelled. Spark marks such tasks and, unless told to, does not interrupt their threads; and
 * not every source of rows looks at the mark.
 */
public final class Interruption {
    /** How many rows may pass between two looks. */
    private static final int ROWS = 1024;

    private Interruption() {}

    /** Throws what Spark expects of a task that was cancelled, if this thread's was. */
    public static void check() {
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.killTaskIfInterrupted();
        }
    }

    /**
     * The same, for a loop over rows, now and then.
     *
     * @param row counts the rows
     */
    public static void check(long row) {
        if (row % ROWS == 0) {
            check();
        }
    }
}
