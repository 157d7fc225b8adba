package io.sparknn.train;

import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many tasks the cluster can run at once. Asked before a barrier job is submitted, because Spark itself looks again
 * only every 15 seconds when there are too few: on a fresh session none has registered yet.
 */
final class Slots {
    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
    private static final long POLL_MILLIS = 100;

    /** How long executors may take to register. */
    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(60);

    /** A session is fresh that long; executors may still come, one after the other. */
    private static final long FRESH = TimeUnit.SECONDS.toMillis(30);

    /** No further executor came for that long: those that are there are all. */
    private static final long SETTLED = TimeUnit.SECONDS.toMillis(3);

    private final SparkContext spark;

    Slots(SparkContext spark) {
        this.spark = spark;
    }

    int now() {
        return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
    }

    /** Whether executors come and go as tasks do. Barrier jobs are refused then. */
    boolean areDynamic() {
        boolean local = spark.master().equals("local") || spark.master().startsWith("local[");
        return !local && spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
    }

    /**
     * As many as are wanted, or as there are when no more come. Who names a number is waited for longer than who takes
     * what there is.
     */
    int upTo(String who, int wanted, boolean named) {
        if (spark.isLocal()) {
            return Math.min(now(), wanted);
        }
        int[] seen = {now()};
        long[] since = {System.nanoTime()};
        await(slots -> {
            if (slots > seen[0]) {
                seen[0] = slots;
                since[0] = System.nanoTime();
            }
            boolean fresh = System.currentTimeMillis() - spark.startTime() < FRESH;
            boolean settled =
                    !fresh || (!named && System.nanoTime() - since[0] > TimeUnit.MILLISECONDS.toNanos(SETTLED));
            return slots >= wanted || (slots > 0 && settled);
        });
        if (now() == 0) {
            throw new IllegalStateException(who + " expects an executor that can run tasks, got none in "
                    + PATIENCE / 1000 + " seconds; see whether the cluster has free cores and memory for one");
        }
        return Math.min(now(), wanted);
    }

    /** After an executor was lost: waits for another one in its place, and else goes on with fewer. */
    int again(String who, int wanted) {
        await(slots -> slots >= wanted);
        int slots = now();
        if (slots == 0) {
            throw new IllegalStateException(who + " expects an executor to go on with, got none in " + PATIENCE / 1000
                    + " seconds after one was lost; see the logs of the executors");
        }
        if (slots < wanted) {
            LOG.warn("{} goes on with {} workers, because only so many of {} slots came back", who, slots, wanted);
        }
        return Math.min(slots, wanted);
    }

    private void await(IntPredicate enough) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
        try {
            while (!enough.test(now()) && System.nanoTime() < end) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a fit was interrupted while it waited for executors", e);
        }
    }
}
