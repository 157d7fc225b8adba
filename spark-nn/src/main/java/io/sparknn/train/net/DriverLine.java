package io.sparknn.train.net;

/** What workers tell the driver. */
interface DriverLine {
    /** Says that a worker is there; an error when the driver does not want it. */
    void register(Member member, Patience patience);

    /** Asks; the answer comes through {@link WorkerLine#answered}. */
    void ask(int rank, byte[] question);

    /** Says that a worker goes; others are told why if that is not empty, for they may not have met it yet. */
    void leave(int rank, String why);
}
