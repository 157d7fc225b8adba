package io.sparknn.train.net;

import java.util.function.Supplier;

/**
 * The workers of one fit as one of them sees them. All call the same methods in the same order; each wait has a limit,
 * ends when the task is killed, and fails with the name and host of the worker it waited for.
 *
 * <p>Not for several threads: an instance belongs to the thread of one worker.
 */
public interface Workers extends AutoCloseable {
    /**
     * Joins the workers of an attempt, in a task of Spark's. Waits until all are there, whether their tasks start together
     * or one after the other.
     *
     * @param address where the coordinator is
     * @param rank the number of this worker
     * @return this worker, to be closed at the end
     * @throws WorkerLostException if not all come in time
     * @throws IllegalStateException if the coordinator does not want this one
     */
    static Workers join(Address address, int rank) {
        return Site.here().join(address, rank);
    }

    /**
     * The number of this worker.
     *
     * @return from 0
     */
    int rank();

    /**
     * How many workers there are.
     *
     * @return at least 1
     */
    int size();

    /**
     * The number of this worker among those of its JVM.
     *
     * @return from 0
     */
    int localRank();

    /**
     * How many workers there are in this JVM.
     *
     * @return at least 1
     */
    int localSize();

    /**
     * An object that the workers of this JVM share.
     *
     * @param name names it within the fit
     * @param make makes it, for the first one that asks
     * @param <T> its class
     * @return the same object for all
     */
    <T> T shared(String name, Supplier<T> make);

    /** Waits until all workers of this JVM are here. What they wrote before is seen by all afterwards. */
    void meet();

    /**
     * What every worker gives.
     *
     * @param mine this worker's part, not to be changed afterwards; parts may differ in length and may be empty
     * @return the parts in order of rank
     */
    byte[][] gather(byte[] mine);

    /**
     * Adds up arrays of floats over all workers, and a few doubles with them.
     *
     * <p>The sum of floats is taken pairwise by rank, first over the workers of a JVM and then over JVMs in the order of
     * their lowest rank, so it has the same bits in every JVM, and every time that workers are placed the same way. When
     * the call returns, this worker's slice of the total is ready: the elements from {@link #from} to {@link #to} of the
     * arrays laid end to end, which no other worker of this JVM reads or writes until all {@link #meet} again. Until then
     * the others may read and overwrite what this worker adds.
     *
     * @param mine what this worker adds, in arrays as long as those of the total
     * @param total where the sum goes, shared by the workers of this JVM: the same arrays for all of them
     * @param numbers replaced by their sums over all workers, added in order of rank
     */
    void sum(float[][] mine, float[][] total, double... numbers);

    /**
     * Where this worker's slice begins: at a multiple of 1,024.
     *
     * @param length how many elements there are
     * @return the first index of the slice
     */
    int from(int length);

    /**
     * Where this worker's slice ends.
     *
     * @param length how many elements there are
     * @return the index after the last
     */
    int to(int length);

    /**
     * Asks the driver and waits for its answer.
     *
     * @param question bytes, of any length, not to be changed afterwards
     * @return the answer
     * @throws IllegalStateException if the driver fails to answer
     */
    byte[] ask(byte[] question);

    /** Leaves; others that still wait for this worker fail. */
    @Override
    void close();
}
