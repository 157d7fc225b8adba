package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.util.Locale;

/**
 * What more workers would bring, by a model fed with measured figures. A step of n workers with r rows each takes
 *
 * <pre>
 *   t(n) = c + r · p + u / n + a(n)
 *
 *   c, p   seconds of a step that do not depend on its rows, and those of a row: a line through two measured sizes
 *   u / n  is within c: each worker updates its slice of the weights; the model leaves it there, which is the safe side
 *   a(n)   the all-reduce of the gradient's b bytes among n executors of one worker each:
 *            n = 1   0
 *            n = 2   l + b / w                                 each sends all it has to the other
 *            n > 2   2 · (l + (n - 1) · m + b · (n - 1) / n / w)  blocks dealt out: sent to their owners, sums sent back
 *   l      seconds until a short message has arrived
 *   m      seconds that a worker is busy with one message
 *   w      bytes a second
 * </pre>
 *
 * <p>The efficiency is that of rows a second, {@code t(1) / t(n)} for a batch that grows with the workers. With one batch of
 * B rows for all of them, r is B / n, and it is {@code t(1) / (n · t(n))}. The curve bends where the efficiency falls below
 * one half: from there on a worker more brings less than half of what it could.
 *
 * <p>What the model leaves out: stragglers, several messages that meet at one network card, and the driver.
 */
final class ScalingModel {
    /** Weights and biases of 784-128-10. */
    static final double BYTES = 4.0 * (784 * 128 + 128 + 128 * 10 + 10);

    private static final int[] WORKERS = {1, 2, 4, 16, 64, 256};
    private static final int ROWS = 128;
    private static final int LARGE = 1024;
    private static final double HALF = 0.5;

    private final double fixed;
    private final double perRow;
    private final double bytes;
    private final Network local;

    ScalingModel(double fixed, double perRow, double bytes, Network local) {
        this.fixed = fixed;
        this.perRow = perRow;
        this.bytes = bytes;
        this.local = local;
    }

    /**
     * A network.
     *
     * @param name what it is
     * @param latency seconds until a short message has arrived
     * @param message seconds that a worker is busy with one
     * @param bandwidth bytes a second
     */
    record Network(String name, double latency, double message, double bandwidth) {
        /** As good a one as is common in clusters; a message costs a worker what was measured here. */
        static Network tenGigabit(double message) {
            return new Network("10 Gbit/s, 0.1 ms", 1e-4, message, 10e9 / 8);
        }
    }

    /** From the seconds of steps of two sizes, and the loopback device of this machine. */
    static ScalingModel measured(double narrow, int narrowRows, double wide, int wideRows) throws IOException {
        double perRow = (wide - narrow) / (wideRows - narrowRows);
        double fixed = Math.max(0, narrow - perRow * narrowRows);
        return new ScalingModel(fixed, perRow, BYTES, Loopback.measure());
    }

    /** Seconds of a step. */
    double step(int workers, double rows, Network network) {
        return fixed + rows * perRow + allReduce(workers, network);
    }

    private double allReduce(int workers, Network network) {
        if (workers == 1) {
            return 0;
        }
        if (workers == 2) {
            return network.latency() + network.message() + bytes / network.bandwidth();
        }
        int others = workers - 1;
        return 2 * (network.latency() + others * network.message() + bytes * others / workers / network.bandwidth());
    }

    /** Rows a second of each worker, to those of one alone, where each has as many rows a step. */
    double growing(int workers, int rows, Network network) {
        return step(1, rows, network) / step(workers, rows, network);
    }

    /** The same, where all of them share one batch. */
    double shared(int workers, int batch, Network network) {
        return step(1, batch, network) / (workers * step(workers, (double) batch / workers, network));
    }

    /** The first number of workers at which the efficiency is below one half; 0 if it never is up to 4096. */
    int bend(int rows, Network network) {
        for (int workers = 2; workers <= 4096; workers++) {
            if (growing(workers, rows, network) < HALF) {
                return workers;
            }
        }
        return 0;
    }

    void print() {
        System.out.println("Model of scaling from " + inputs());
        for (Network network : new Network[] {local, Network.tenGigabit(local.message())}) {
            System.out.println(network.name());
            Table table = new Table("workers", "128 rows each", "1,024 rows each", "batch of 1,024", "batch of 16,384");
            for (int workers : WORKERS) {
                table.add(
                        String.valueOf(workers),
                        percent(growing(workers, ROWS, network)),
                        percent(growing(workers, LARGE, network)),
                        percent(shared(workers, LARGE, network)),
                        percent(shared(workers, 16 * LARGE, network)));
            }
            table.print();
        }
    }

    private String inputs() {
        return String.format(
                Locale.ROOT,
                "%.0f µs a step and %.2f µs a row of one worker, %.0f kB of gradients; %s: %.0f µs a message, "
                        + "%.2f GB/s",
                1e6 * fixed,
                1e6 * perRow,
                bytes / 1e3,
                local.name(),
                1e6 * local.latency(),
                local.bandwidth() / 1e9);
    }

    /** The curve in a sentence. */
    String summary() {
        Network cluster = Network.tenGigabit(local.message());
        StringBuilder text =
                new StringBuilder("model of executors on " + cluster.name() + ", 128 and 1,024 rows each:");
        for (int workers : WORKERS) {
            if (workers > 2) {
                text.append(String.format(
                        Locale.ROOT,
                        " %d workers %s and %s,",
                        workers,
                        percent(growing(workers, ROWS, cluster)),
                        percent(growing(workers, LARGE, cluster))));
            }
        }
        return text.append(" bends at ")
                .append(bendText(ROWS, cluster))
                .append(" and ")
                .append(bendText(LARGE, cluster))
                .append("; from ")
                .append(inputs())
                .toString();
    }

    private String bendText(int rows, Network network) {
        int bend = bend(rows, network);
        return bend == 0 ? "none up to 4096" : bend + " workers";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
