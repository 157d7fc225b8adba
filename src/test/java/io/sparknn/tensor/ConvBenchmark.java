package io.sparknn.tensor;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Speed of convolutions against the matrix product they are made of, one thread.
 *
 * <p>No test, so its name keeps it out of the test run; {@code ./mvnw test -pl spark-nn -Dtest=ConvBenchmark} runs it.
 * The product alone multiplies the weights by the elements of all windows of a row, written out beforehand: packed
 * once, or packed for each row as a convolution by im2col would.
 */
final class ConvBenchmark {
    /** Channels, filters, kernel, size of the image, padding, stride. */
    private static final int[][] SIZES = {
        {1, 16, 5, 28, 0, 1},
        {16, 32, 5, 12, 0, 1},
        {16, 32, 3, 13, 0, 1},
        {32, 64, 3, 14, 1, 1},
        {64, 64, 3, 28, 1, 2},
        {16, 120, 5, 5, 0, 1}
    };

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROWS = 64;
    private static final int REPETITIONS = 15;
    private static final double SECONDS = Double.parseDouble(System.getProperty("seconds", "0.01"));

    @Test
    void printsTheTable() {
        GemmBenchmark.workLikeMllib();
        for (int[] size : SIZES) {
            print(size);
        }
        pools();
    }

    private static void print(int... size) {
        Window window = Window.of(size[2], size[2]).padding(size[4]).stride(size[5]);
        Tensor x = Numbers.normal(1, ROWS, size[0], size[3], size[3]);
        Tensor weight = Numbers.normal(2, size[1], size[0], size[2], size[2]);
        Tensor bias = Numbers.normal(3, size[1]);
        Tensor y = x.conv(weight, bias, window, 1);
        int places = y.shape().dim(2) * y.shape().dim(3);
        int depth = size[0] * size[2] * size[2];
        double products = (double) ROWS * places * depth * size[1];

        Map<String, Runnable> works = new LinkedHashMap<>();
        alone(works, size[1], depth, places);
        works.put("forward", () -> scored(x, weight, bias, window));
        Correlation correlation = Correlation.of(
                new Frame(window, new int[] {size[3], size[3]}, new int[] {y.size(2), y.size(3)}),
                ROWS,
                1,
                size[0],
                size[1]);
        float[] gy = y.toArray();
        float[] gw = new float[weight.numel()];
        float[] gx = new float[x.numel()];
        float[] gb = new float[size[1]];
        works.put("by weights", () -> correlation.addToWeights(x.values(), gy, gw));
        works.put("by input", () -> correlation.addToImages(gy, weight.values(), gx));
        works.put("by bias", () -> Channels.addSums(ROWS, gy, gb));
        double[] nanos = medianNanos(works.values().toArray(new Runnable[0]));
        System.out.println(Arrays.toString(size) + ": " + size[1] + " x " + depth + " x " + places);
        int i = 0;
        for (String name : works.keySet()) {
            System.out.printf(
                    "  %-22s %7.1f G multiply-adds/s = %4.2f of the product packed once%n",
                    name, products / nanos[i], nanos[0] / nanos[i]);
            i++;
        }
    }

    private static void alone(Map<String, Runnable> works, int filters, int depth, int places) {
        float[] w = Numbers.normal(4, filters, depth).toArray();
        float[] columns = Numbers.normal(5, depth, places).toArray();
        float[] c = new float[filters * places];
        Gemm gemm = Gemm.get();
        PackedMatrix packed = gemm.pack(depth, places, columns, 0, places, 1);
        works.put("product, packed once", () -> {
            for (int row = 0; row < ROWS; row++) {
                gemm.multiply(filters, w, 0, depth, 1, packed, c, 0, false);
            }
        });
        works.put("product, packing", () -> {
            for (int row = 0; row < ROWS; row++) {
                gemm.multiply(filters, places, depth, w, 0, depth, 1, columns, 0, places, 1, c, 0, false);
            }
        });
    }

    @SuppressWarnings("try")
    private static void scored(Tensor x, Tensor weight, Tensor bias, Window window) {
        try (Pass pass = Pass.scoring(part -> part)) {
            x.conv(weight, bias, window, 1);
        }
    }

    @SuppressWarnings("try")
    private static void pools() {
        Tensor x = Numbers.normal(1, ROWS, 16, 24, 24);
        Window two = Window.of(2, 2).stride(2);
        Tensor weights = Numbers.normal(1, ROWS, 16, 12, 12);
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("maxPool", () -> x.maxPool(two));
        works.put("avgPool", () -> x.avgPool(two, true));
        works.put("relu", x::relu);
        Tensor leaf = Tensor.of(x.toArray(), x.shape()).requiresGrad(true);
        works.put("maxPool and back", () -> {
            try (Pass pass = Pass.recording()) {
                leaf.maxPool(two).mul(weights).sum().backward();
            }
        });
        works.put("avgPool and back", () -> {
            try (Pass pass = Pass.recording()) {
                leaf.avgPool(two, true).mul(weights).sum().backward();
            }
        });
        double[] nanos = medianNanos(works.values().toArray(new Runnable[0]));
        int i = 0;
        for (String name : works.keySet()) {
            System.out.printf("  %-22s %7.2f ns an element of the input%n", name, nanos[i++] / x.numel());
        }
    }

    /** The median time of one run of each, in turns, after as many unmeasured turns. */
    private static double[] medianNanos(Runnable... works) {
        double[][] nanos = new double[works.length][REPETITIONS];
        for (int repetition = -REPETITIONS; repetition < REPETITIONS; repetition++) {
            for (int i = 0; i < works.length; i++) {
                double each = nanosPerRun(works[i]);
                if (repetition >= 0) {
                    nanos[i][repetition] = each;
                }
            }
        }
        return Arrays.stream(nanos)
                .mapToDouble(each -> Arrays.stream(each).sorted().toArray()[REPETITIONS / 2])
                .toArray();
    }

    /** Of the thread's own time: what else the machine does counts less. */
    private static double nanosPerRun(Runnable work) {
        long runs = 0;
        long start = THREADS.getCurrentThreadCpuTime();
        long now = start;
        while (now - start < SECONDS * 1e9) {
            work.run();
            runs++;
            now = THREADS.getCurrentThreadCpuTime();
        }
        return (double) (now - start) / runs;
    }
}
