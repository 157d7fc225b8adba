package io.sparknn.train;

import java.io.Serializable;

/** How the work of one task ended: what the driver needs to decide whether to go on, start again, or give up. */
final class TaskEnd implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How it ended. */
    enum Kind {
        /** The epochs of the job are done. */
        DONE,
        /** Something threw in this worker, user code perhaps: it would again. */
        FAILED,
        /** Another worker did not come, answer or stay. */
        ABANDONED
    }

    final Kind kind;
    final int rank;
    final String host;
    final String message;
    final String stack;

    TaskEnd(Kind kind, int rank, String host, String message, String stack) {
        this.kind = kind;
        this.rank = rank;
        this.host = host;
        this.message = message;
        this.stack = stack;
    }
}
