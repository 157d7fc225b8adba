package io.sparknn.train.net;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * How a worker waits. A step takes a few hundred microseconds and waking a thread up to as much, so it spins first; then
 * it gives way to others, then it sleeps in short naps. It ends early when its task is killed, when it is interrupted and
 * when whom it waits for has gone.
 */
final class Patience {
    /** What is waited for. */
    interface Condition {
        boolean met();

        /** The worker that is to bring it about, {@link #DRIVER} or {@link #ANYONE}. */
        int awaited();
    }

    static final int DRIVER = -1;
    static final int ANYONE = -2;

    /**
     * About 25 microseconds. More does not pay: where a core is free, giving way costs half a microsecond and is as quick
     * to see what happens; where none is, every turn keeps the one that is waited for from working.
     */
    private static final int SPINS = 1_000;

    private static final long YIELDING_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /** Workers of all fits in this JVM; where they are more than cores, spinning keeps those waited for from working. */
    private static final AtomicInteger SPINNERS = new AtomicInteger();

    private final Party party;
    private final int rank;
    private final TaskContext task;

    Patience(Party party, int rank, TaskContext task) {
        this.party = party;
        this.rank = rank;
        this.task = task;
    }

    static void workerComes() {
        SPINNERS.incrementAndGet();
    }

    static void workerGoes() {
        SPINNERS.decrementAndGet();
    }

    /** Waits as long as the fit's limit allows; {@code where} says in errors what the worker was doing. */
    void await(Condition condition, String where) {
        await(condition, where, party.limits().waitMillis());
    }

    void await(Condition condition, String where, long limitMillis) {
        int spins = SPINNERS.get() <= CORES ? SPINS : 0;
        for (int i = 0; i < spins; i++) {
            if (condition.met()) {
                return;
            }
            Thread.onSpinWait();
        }
        giveWay(condition, where, limitMillis);
    }

    @SuppressWarnings("ThreadPriorityCheck") // whom we wait for may need this core
    private void giveWay(Condition condition, String where, long limitMillis) {
        long start = System.nanoTime();
        long nap = NAP_NANOS;
        while (!condition.met()) {
            long waited = System.nanoTime() - start;
            check(condition, where, limitMillis, waited);
            if (waited < YIELDING_NANOS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(this, nap);
                nap = Math.min(2 * nap, LONGEST_NAP_NANOS);
            }
        }
    }

    private void check(Condition condition, String where, long limitMillis, long waitedNanos) {
        checkKilled(where);
        int awaited = condition.awaited();
        party.checkPresent(rank, awaited, condition, where);
        if (waitedNanos > TimeUnit.MILLISECONDS.toNanos(limitMillis)) {
            throw party.late(rank, awaited, where, limitMillis);
        }
    }

    /** What comes of something done elsewhere. */
    <T> T result(CompletableFuture<T> future, int awaited, String where) {
        await(
                new Condition() {
                    @Override
                    public boolean met() {
                        return future.isDone();
                    }

                    @Override
                    public int awaited() {
                        return awaited;
                    }
                },
                where);
        try {
            return future.join();
        } catch (CompletionException e) {
            throw party.failed(rank, awaited, where, e.getCause());
        }
    }

    /** Ends the worker if its task was killed or its thread interrupted. */
    void checkKilled(String where) {
        if (task != null) {
            task.killTaskIfInterrupted(); // with the reason that Spark knows
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new TaskKilledException("worker " + rank + " was interrupted in " + where);
        }
    }
}
