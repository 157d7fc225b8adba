package io.sparknn.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Workers of a training step as threads, which complete reductions over rows in order of rank. */
public final class Team {
    /** What each worker does. */
    public interface Work<T> {
        T run(int rank, RowResolver rows);
    }

    private final CyclicBarrier barrier;
    private final byte[][] parts;
    private final float[][] gradients;
    private final String[] signatures;
    private final List<String> met = Collections.synchronizedList(new ArrayList<>());

    private Team(int size) {
        barrier = new CyclicBarrier(size);
        parts = new byte[size][];
        gradients = new float[size][];
        signatures = new String[size];
    }

    /** The results of the workers in order of rank. */
    public static <T> List<T> run(int size, Work<T> work) {
        return new Team(size).results(work);
    }

    /** The reductions, forward and backward, that a worker alone meets. */
    static List<String> reductions(Work<?> work) {
        Team team = new Team(1);
        team.results(work);
        return team.met;
    }

    private <T> List<T> results(Work<T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(parts.length);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int rank = 0; rank < parts.length; rank++) {
                Worker worker = new Worker(rank);
                calls.add(() -> worker.run(work));
            }
            List<T> results = new ArrayList<>();
            RuntimeException failure = null;
            for (Future<T> future : threads.invokeAll(calls)) {
                try {
                    results.add(future.get());
                } catch (ExecutionException e) {
                    boolean own = !(e.getCause().getCause() instanceof BrokenBarrierException);
                    failure = failure == null || own ? (RuntimeException) e.getCause() : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
            return results;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void meet() {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Worker implements RowResolver {
        private final int rank;

        Worker(int rank) {
            this.rank = rank;
        }

        <T> T run(Work<T> work) {
            try {
                return work.run(rank, this);
            } catch (RuntimeException e) {
                barrier.reset();
                throw e;
            }
        }

        @Override
        public RowPart resolve(RowPart part) {
            met.add(part.signature());
            parts[rank] = part.toBytes();
            meet();
            RowPart all = RowPart.of(parts[0]);
            for (int other = 1; other < parts.length; other++) {
                all.add(RowPart.of(parts[other]));
            }
            meet();
            return all;
        }

        @Override
        public void sumGradient(String signature, float[] gradient, int length) {
            met.add("gradient of " + signature);
            gradients[rank] = gradient.clone();
            signatures[rank] = signature;
            meet();
            for (int other = 0; other < parts.length; other++) {
                if (!signatures[other].equals(signature)) {
                    throw new IllegalStateException(signature + " here, " + signatures[other] + " elsewhere");
                }
            }
            for (int i = 0; i < length; i++) {
                float sum = 0;
                for (float[] each : gradients) {
                    sum += each[i];
                }
                gradient[i] = sum;
            }
            meet();
        }
    }
}
