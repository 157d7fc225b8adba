package io.sparknn.train.net;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Speed of what workers do together, in one JVM and over sockets of this machine.
 *
 * <p>No test, so its name keeps it out of the test run; {@code ./mvnw test -pl spark-nn -Dtest=NetBenchmark} runs it.
 * Workers "a" and "b" stand for two executors: they run in one JVM here, but speak over sockets.
 */
final class NetBenchmark {
    private static final int WARM_UP = 2_000;
    private static final double SECONDS = Double.parseDouble(System.getProperty("seconds", "1"));
    private static final int[] PERCEPTRON = {784 * 128, 128, 128 * 10, 10};
    private static final int[] MEGABYTES = {1 << 20};

    @Test
    void printsTheTable() throws Exception {
        main();
    }

    /** Prints the table. */
    public static void main(String... placements) throws Exception {
        System.out.printf(
                "%-12s %-8s %10s %10s %10s %10s %14s%n",
                "what", "workers", "floats", "p10 us", "median us", "p90 us", "bytes a step");
        for (String placement : placements.length > 0 ? placements : new String[] {".", "..", "ab", "aabb", "abcd"}) {
            measure("meet", placement, new int[] {0}, (workers, step) -> workers.meet());
            measure("gather 64 B", placement, new int[] {0}, (workers, step) -> workers.gather(new byte[64]));
            measure("ask", placement, new int[] {0}, (workers, step) -> workers.ask(new byte[64]));
            sum(placement, new int[] {10});
            sum(placement, PERCEPTRON);
            sum(placement, MEGABYTES);
        }
    }

    private interface Deed {
        void with(Workers workers, int step);
    }

    private static void sum(String placement, int[] lengths) throws Exception {
        measure("sum", placement, lengths, new Deed() {
            private final ThreadLocal<float[][]> mine = ThreadLocal.withInitial(() -> zeros(lengths));

            @Override
            public void with(Workers workers, int step) {
                float[][] total = workers.shared("total" + Arrays.toString(lengths), () -> zeros(lengths));
                workers.sum(mine.get(), total, 1, 2);
                workers.meet();
            }
        });
    }

    private static float[][] zeros(int[] lengths) {
        return Arrays.stream(lengths).mapToObj(float[]::new).toArray(float[][]::new);
    }

    private static void measure(String what, String placement, int[] lengths, Deed deed) throws Exception {
        try (Crew crew = new Crew(placement, (rank, question) -> question)) {
            List<double[]> figures = crew.run(placement, workers -> measure(workers, deed));
            double[] first = figures.get(0);
            System.out.printf(
                    "%-12s %-8s %10d %10.1f %10.1f %10.1f %14.0f%n",
                    what, placement, Arrays.stream(lengths).sum(), first[0], first[1], first[2], first[3]);
        }
    }

    /** Microseconds, first decile, median and ninth decile, and bytes. */
    private static double[] measure(Workers workers, Deed deed) {
        int steps = 0;
        long start = System.nanoTime();
        double[] more = {0};
        do {
            deed.with(workers, steps);
            steps++;
            more[0] = steps < WARM_UP && System.nanoTime() - start < SECONDS * 1e9 ? 1 : 0;
            workers.sum(new float[0][], new float[0][], more);
        } while (more[0] == workers.size());
        long[] nanos = new long[Math.max(11, steps)];
        long before = ((Worker) workers).bytesSent();
        for (int i = 0; i < nanos.length; i++) {
            long begun = System.nanoTime();
            deed.with(workers, i);
            nanos[i] = System.nanoTime() - begun;
        }
        double bytes = (double) (((Worker) workers).bytesSent() - before) / nanos.length;
        Arrays.sort(nanos);
        return new double[] {
            nanos[nanos.length / 10] / 1e3, nanos[nanos.length / 2] / 1e3, nanos[nanos.length * 9 / 10] / 1e3, bytes
        };
    }
}
