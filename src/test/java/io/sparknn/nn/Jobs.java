package io.sparknn.nn;

import io.sparknn.SharedSpark;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Counts the jobs that an action starts, and what it broadcasts. */
public final class Jobs extends SparkListener {
    private final AtomicInteger jobs = new AtomicInteger();
    private final Map<String, Long> broadcasts = new ConcurrentHashMap<>();

    private Jobs() {}

    /** What Spark does while an action runs. */
    static Jobs during(Runnable action) {
        SparkContext context = SharedSpark.session().sparkContext();
        waitForEvents(context);
        Jobs counted = new Jobs();
        context.addSparkListener(counted);
        try {
            action.run();
            waitForEvents(context);
        } finally {
            context.removeSparkListener(counted);
        }
        return counted;
    }

    public static int count(Runnable action) {
        return during(action).jobs.get();
    }

    /** The number of broadcasts of at least so many bytes. */
    long broadcastsOf(long bytes) {
        return broadcasts.values().stream().filter(size -> size >= bytes).count();
    }

    private static void waitForEvents(SparkContext context) {
        try {
            context.listenerBus().waitUntilEmpty();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
        jobs.incrementAndGet();
    }

    @Override
    public void onBlockUpdated(SparkListenerBlockUpdated updated) {
        String block = updated.blockUpdatedInfo().blockId().name();
        if (block.startsWith("broadcast_")
                && block.contains("_piece")
                // A block that is removed is told of as well.
                && updated.blockUpdatedInfo().storageLevel().isValid()) {
            String id = block.substring(0, block.indexOf("_piece"));
            broadcasts.merge(
                    id,
                    updated.blockUpdatedInfo().memSize()
                            + updated.blockUpdatedInfo().diskSize(),
                    Long::sum);
        }
    }
}
