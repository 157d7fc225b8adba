package io.sparknn.examples.benchmarks;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** The CPU time of tasks: what a computation costs, whatever else the machine is doing. */
final class TaskTime extends SparkListener {
    private final SparkContext context;
    private final AtomicLong nanoseconds = new AtomicLong();

    TaskTime(SparkContext context) {
        this.context = context;
        context.addSparkListener(this);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        nanoseconds.addAndGet(task.taskMetrics().executorCpuTime());
    }

    void reset() {
        settle();
        nanoseconds.set(0);
    }

    double cpuSeconds() {
        settle();
        return nanoseconds.get() / 1e9;
    }

    /** Events arrive on a thread of their own, in order: wait until those of finished jobs have. */
    private void settle() {
        long before = -1;
        while (before != nanoseconds.get()) {
            before = nanoseconds.get();
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        if (context.isStopped()) {
            throw new IllegalStateException("the session has ended");
        }
    }
}
