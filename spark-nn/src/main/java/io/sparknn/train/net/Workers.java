package io.sparknn.train.net;

/**
 * The workers of one fit as one of them sees them. All call the same methods in the same order; each wait has a limit,
 * ends when the task is killed, and fails with the name and host of the worker it waited for.
 *
 * <p>Not for several threads: an instance belongs to the thread of one worker.
 */
public interface Workers extends AutoCloseable {
    /** The number of this worker, from 0. */
    int rank();

    /** How many workers there are. */
    int size();

    /** The number of this worker among those of its JVM, from 0. */
    int localRank();

    /** How many workers there are in this JVM. */
    int localSize();

    /** An object that the workers of this JVM share: what the first one that asks makes. */
    <T> T shared(String name, java.util.function.Supplier<T> make);

    /** Waits until all workers of this JVM are here. What they wrote before is seen by all afterwards. */
    void meet();

    /** What every worker gives, in order of rank. The parts may differ in length and may be empty. */
    byte[][] gather(byte[] mine);

    /**
     * Adds up arrays of floats over all workers, and a few doubles with them.
     *
     * <p>The sum of floats is taken pairwise by rank, so it has the same bits in every JVM and every time. When the call
     * returns, this worker's slice of the total is ready: the elements from {@link #from} to {@link #to} of the arrays
     * laid end to end, which no other worker of this JVM reads or writes until all {@link #meet} again. Its own arrays
     * may be overwritten.
     *
     * @param mine what this worker adds
     * @param total where the sum goes, shared by the workers of this JVM: the same arrays for all of them
     * @param numbers replaced by their sums over all workers, added in order of rank
     */
    void sum(float[][] mine, float[][] total, double[] numbers);

    /** Where this worker's slice of so many elements begins; slices begin at multiples of 1,024. */
    int from(int length);

    /** Where it ends. */
    int to(int length);

    /** Asks the driver: sends bytes, waits for its answer. */
    byte[] ask(byte[] question);

    /** Leaves; others that still wait for this worker fail. */
    @Override
    void close();
}
