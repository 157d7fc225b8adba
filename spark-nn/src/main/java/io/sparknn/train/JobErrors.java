package io.sparknn.train;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/** Tells errors that would come again from lost executors, which another attempt may do without. */
final class JobErrors {
    private static final Pattern CANCELLED = Pattern.compile("Job \\d+ cancelled|SparkContext was shut down");

    private final String who;

    JobErrors(String who) {
        this.who = who;
    }

    /**
     * Throws if another attempt is no use: the job was cancelled, the rows or user code are wrong, or it was the last
     * attempt.
     */
    void refuse(Exception e, boolean last) {
        if (Thread.currentThread().isInterrupted()
                || (e.getMessage() != null && CANCELLED.matcher(e.getMessage()).find())) {
            throw unchecked(e);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException refusal) {
                throw new IllegalArgumentException(refusal.getMessage(), e);
            }
            if (cause instanceof WorkerFailure failure) {
                throw failure;
            }
        }
        if (last) {
            throw new IllegalStateException(
                    who + " expects executors that stay, got one failure after another: " + e.getMessage()
                            + "; see the logs of the executors",
                    e);
        }
        if (!(e instanceof SparkException || e instanceof Abandoned)) {
            throw unchecked(e);
        }
    }

    /** Throws if a worker did not come to its end. */
    void refuse(List<TaskEnd> ends) {
        for (TaskEnd end : ends) {
            if (end.kind == TaskEnd.Kind.FAILED) {
                throw new WorkerFailure(who + " failed in worker " + end.rank + " on " + end.host + ": " + end.message
                        + "\n  as thrown there: " + end.stack);
            }
        }
        for (TaskEnd end : ends) {
            if (end.kind == TaskEnd.Kind.ABANDONED) {
                throw new Abandoned("worker " + end.rank + " on " + end.host + ": " + end.message);
            }
        }
    }

    /** As it is: Spark's exceptions are checked, and Scala does not declare them. */
    private static RuntimeException unchecked(Exception e) {
        return JobErrors.<RuntimeException>sneak(e);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> RuntimeException sneak(Exception e) throws E {
        throw (E) e;
    }

    /** What user code threw on a worker. */
    static final class WorkerFailure extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        WorkerFailure(String message) {
            super(message);
        }
    }

    /** Workers that waited for one that was lost. */
    static final class Abandoned extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Abandoned(String message) {
            super(message);
        }
    }
}
