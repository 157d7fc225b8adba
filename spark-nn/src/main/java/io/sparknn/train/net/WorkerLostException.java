package io.sparknn.train.net;

/**
 * A worker waited in vain for another, or for the driver. Not the cause of a failure, which is to be looked for where the
 * other one ran; a further attempt may succeed.
 */
public final class WorkerLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int rank;
    private final String host;

    WorkerLostException(int rank, String host, String message) {
        super(message);
        this.rank = rank;
        this.host = host;
    }

    /**
     * The worker that was waited for.
     *
     * @return its rank, or -1 for the driver or one that is not known
     */
    public int rank() {
        return rank;
    }

    /**
     * Where it ran.
     *
     * @return its host, or an empty text
     */
    public String host() {
        return host;
    }
}
