package io.sparknn.train.net;

/** What the driver answers to the workers of a fit. */
@FunctionalInterface
public interface Answers {
    /**
     * Answers a question. Called by one thread, for one question after the other; what it throws reaches the worker that
     * asked.
     *
     * @param rank the worker that asks
     * @param question what it asks
     * @return the answer, not null
     */
    byte[] answer(int rank, byte[] question);
}
