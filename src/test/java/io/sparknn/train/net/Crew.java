package io.sparknn.train.net;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;

/**
 * Threads that play the workers of a fit. A placement as {@code "aab"} says which of them share a JVM: three workers, of
 * which the first two do. The letters stand for sites of this JVM that speak over real sockets; {@code "."} stands for the
 * site of the driver, as in local mode.
 */
final class Crew implements AutoCloseable {
    private final Map<Character, Site> sites = new HashMap<>();
    private final SparkConf conf;
    private final Coordinator coordinator;

    Crew(String placement, Answers answers) {
        this(placement, answers, 20_000, 20_000);
    }

    Crew(String placement, Answers answers, long joinMillis, long waitMillis) {
        this(new SparkConf(false), placement, answers, new Limits(joinMillis, waitMillis));
    }

    Crew(SparkConf conf, String placement, Answers answers, Limits limits) {
        this.conf = conf;
        this.coordinator = new Coordinator(site('.'), answers, limits, !placement.startsWith("."));
    }

    Coordinator coordinator() {
        return coordinator;
    }

    synchronized Site site(char letter) {
        return sites.computeIfAbsent(
                letter, made -> new Site(() -> new Wire(conf, null, made == '.' ? "driver" : "" + made, "127.0.0.1")));
    }

    /** What a worker does. */
    interface Job<T> {
        T run(Workers workers) throws Exception;
    }

    /** A worker at work. */
    record Running<T>(Thread thread, CompletableFuture<T> result) {
        T get() throws Exception {
            try {
                return result.get(60, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            } catch (TimeoutException e) {
                StackTraceElement[] where = thread.getStackTrace();
                throw new AssertionError("still at " + List.of(where), e);
            }
        }
    }

    /** Starts all workers of a new attempt. */
    <T> List<Running<T>> start(String placement, Job<T> job) {
        Address address = coordinator.next(placement.length());
        List<Running<T>> running = new ArrayList<>();
        for (int rank = 0; rank < placement.length(); rank++) {
            running.add(start(address, rank, placement.charAt(rank), job));
        }
        return running;
    }

    <T> Running<T> start(Address address, int rank, char site, Job<T> job) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (Workers workers = site(site).join(address, rank)) {
                        result.complete(job.run(workers));
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "worker " + rank);
        thread.setDaemon(true);
        thread.start();
        return new Running<>(thread, result);
    }

    /** What all workers of a new attempt give. */
    <T> List<T> run(String placement, Job<T> job) throws Exception {
        List<T> results = new ArrayList<>();
        for (Running<T> each : start(placement, job)) {
            results.add(each.get());
        }
        return results;
    }

    @Override
    public void close() {
        coordinator.close();
    }
}
