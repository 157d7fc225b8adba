package io.sparknn.tensor;

import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.optim.Adam;
import io.sparknn.optim.Step;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * Speed of training 784-128-10 in batches of 128 by Adam with cross entropy, one thread, made-up data: with training
 * steps, by a loop written by hand on the same kernels, and the five matrix products alone.
 *
 * <p>No test, so its name keeps it out of the test run; {@code ./mvnw test -pl spark-nn -Dtest=TrainingBenchmark} runs
 * it. All take turns and are measured in processor time, for the speed of a machine that others use changes.
 */
@SuppressWarnings("try")
final class TrainingBenchmark {
    private static final int BATCH = 128;
    private static final int IN = 784;
    private static final int HIDDEN = 128;
    private static final int OUT = 10;
    private static final int ROWS = 8_000;
    private static final int TURNS = Integer.getInteger("turns", 31);
    private static final int STEPS = 100;

    private final float[] data = values(1, ROWS * IN);
    private final float[] classes = new float[ROWS];
    private final int[] order = new Random(2).ints(ROWS, 0, ROWS).toArray();

    @Test
    void printsTheTable() {
        main();
    }

    /** Prints the table. */
    public static void main(String... arguments) {
        GemmBenchmark.workLikeMllib();
        new TrainingBenchmark().run();
    }

    private void run() {
        for (int row = 0; row < ROWS; row++) {
            classes[row] = row % OUT;
        }
        Map<String, IntConsumer> works = new LinkedHashMap<>();
        works.put("five products, packed before", new Products(true)::step);
        works.put("five products", new Products(false)::step);
        works.put("by hand", new ByHand()::step);
        works.put("training steps", new Steps(new Relu())::step);
        works.put("training steps, dropout", new Steps(new Relu(), new Dropout(0.2))::step);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[][] seconds = new double[works.size()][TURNS];
        for (int turn = -TURNS / 3; turn < TURNS; turn++) {
            int i = 0;
            for (IntConsumer work : works.values()) {
                long start = threads.getCurrentThreadCpuTime();
                for (int step = 0; step < STEPS; step++) {
                    work.accept(step);
                }
                seconds[i++][Math.max(0, turn)] = (threads.getCurrentThreadCpuTime() - start) / 1e9;
            }
        }
        int i = 0;
        double[] shares = new double[TURNS];
        for (String name : works.keySet()) {
            for (int turn = 0; turn < TURNS; turn++) {
                shares[turn] = seconds[1][turn] / seconds[i][turn];
            }
            System.out.printf(
                    "%-30s %8.0f rows/s best, %8.0f median, %.3f of the products' speed (median of turns)%n",
                    name,
                    BATCH * STEPS / Arrays.stream(seconds[i]).min().orElseThrow(),
                    BATCH * STEPS / median(seconds[i]),
                    median(shares));
            i++;
        }
    }

    private static double median(double... values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    private int gather(int step, float[] x, float[] labels) {
        int from = step * BATCH % (ROWS - BATCH);
        for (int i = 0; i < BATCH; i++) {
            int row = order[from + i];
            System.arraycopy(data, row * IN, x, i * IN, IN);
            labels[i] = classes[row];
        }
        return from;
    }

    /** The five matrix products of a step. */
    private static final class Products {
        private final Gemm gemm = Gemm.get();
        private final float[] x = values(3, BATCH * IN);
        private final float[] w1 = values(4, HIDDEN * IN);
        private final float[] h = values(5, BATCH * HIDDEN);
        private final float[] w2 = values(6, OUT * HIDDEN);
        private final float[] o = values(7, BATCH * OUT);
        private final float[] y = new float[BATCH * HIDDEN];
        private final float[] g1 = new float[HIDDEN * IN];
        private final float[] g2 = new float[OUT * HIDDEN];
        private final PackedMatrix[] packed;

        Products(boolean before) {
            packed = !before
                    ? null
                    : new PackedMatrix[] {
                        gemm.pack(IN, HIDDEN, w1, 0, 1, IN),
                        gemm.pack(HIDDEN, OUT, w2, 0, 1, HIDDEN),
                        gemm.pack(BATCH, HIDDEN, h, 0, HIDDEN, 1),
                        gemm.pack(OUT, HIDDEN, w2, 0, HIDDEN, 1),
                        gemm.pack(BATCH, IN, x, 0, IN, 1)
                    };
        }

        void step(int number) {
            if (packed == null) {
                gemm.multiply(BATCH, HIDDEN, IN, x, 0, IN, 1, w1, 0, 1, IN, y, 0, false);
                gemm.multiply(BATCH, OUT, HIDDEN, h, 0, HIDDEN, 1, w2, 0, 1, HIDDEN, y, 0, false);
                gemm.multiply(OUT, HIDDEN, BATCH, o, 0, 1, OUT, h, 0, HIDDEN, 1, g2, 0, false);
                gemm.multiply(BATCH, HIDDEN, OUT, o, 0, OUT, 1, w2, 0, HIDDEN, 1, y, 0, false);
                gemm.multiply(HIDDEN, IN, BATCH, h, 0, 1, HIDDEN, x, 0, IN, 1, g1, 0, false);
                return;
            }
            gemm.multiply(BATCH, x, 0, IN, 1, packed[0], y, 0, false);
            gemm.multiply(BATCH, h, 0, HIDDEN, 1, packed[1], y, 0, false);
            gemm.multiply(OUT, o, 0, 1, OUT, packed[2], g2, 0, false);
            gemm.multiply(BATCH, o, 0, OUT, 1, packed[3], y, 0, false);
            gemm.multiply(HIDDEN, h, 0, 1, HIDDEN, packed[4], g1, 0, false);
        }
    }

    /** Parameters, gradients, moments. */
    private static class Trained {
        final float[][] weights;
        final float[][] gradients;
        private final float[][][] states;
        private final Adam adam = new Adam();
        private long number;

        Trained(float[][] weights, float[][] gradients) {
            this.weights = weights;
            this.gradients = gradients;
            states = Arrays.stream(weights).map(w -> adam.newState(w.length)).toArray(float[][][]::new);
        }

        void update() {
            number++;
            for (int i = 0; i < weights.length; i++) {
                adam.step(weights[i], gradients[i], states[i], 0, weights[i].length, new Step(1e-3, number, "w"));
            }
        }
    }

    /** Training as the library does it. */
    private final class Steps {
        private final Sequential network;
        private final Gradients gradients;
        private final Trained trained;
        private final float[] x = new float[BATCH * IN];
        private final float[] labels = new float[BATCH];
        private final float[] ones = new float[BATCH];
        private final long[] numbers = new long[BATCH];

        Steps(io.sparknn.nn.Layer... between) {
            List<io.sparknn.nn.Layer> layers = new ArrayList<>(List.of(between));
            layers.add(0, new Linear(IN, HIDDEN));
            layers.add(new Linear(HIDDEN, OUT));
            network = new Sequential(layers.toArray(new io.sparknn.nn.Layer[0]));
            network.setSeed(1);
            List<Tensor> parameters = new ArrayList<>(network.parameters().values());
            gradients = new Gradients(parameters);
            trained = new Trained(parameters.stream().map(Tensor::values).toArray(float[][]::new), gradients.arrays());
            Arrays.fill(ones, 1f / BATCH);
        }

        void step(int number) {
            int from = gather(number, x, labels);
            for (int i = 0; i < BATCH; i++) {
                numbers[i] = order[from + i];
            }
            gradients.clear();
            try (Pass pass = Pass.step(1, number, BATCH, numbers, part -> part, gradients)) {
                Tensor output = network.forward(pass.block(x, Shape.of(BATCH, IN)));
                pass.backward(output.crossEntropy(pass.block(labels, Shape.of(BATCH)), null, 0), ones);
            }
            trained.update();
        }
    }

    /** What a patient programmer writes for this network alone. */
    private final class ByHand {
        private final Gemm gemm = Gemm.get();
        private final float[] x = new float[BATCH * IN];
        private final float[] labels = new float[BATCH];
        private final float[] h = new float[BATCH * HIDDEN];
        private final float[] dh = new float[BATCH * HIDDEN];
        private final float[] o = new float[BATCH * OUT];
        private final Trained trained = new Trained(
                new float[][] {values(8, HIDDEN * IN), new float[HIDDEN], values(9, OUT * HIDDEN), new float[OUT]},
                new float[][] {new float[HIDDEN * IN], new float[HIDDEN], new float[OUT * HIDDEN], new float[OUT]});

        ByHand() {
            for (int i = 0; i < 3; i += 2) {
                for (int j = 0; j < trained.weights[i].length; j++) {
                    trained.weights[i][j] *= 0.05f;
                }
            }
        }

        void step(int number) {
            gather(number, x, labels);
            float[][] w = trained.weights;
            float[][] g = trained.gradients;
            gemm.multiply(BATCH, HIDDEN, IN, x, 0, IN, 1, w[0], 0, 1, IN, h, 0, false);
            biasRelu(h, w[1]);
            gemm.multiply(BATCH, OUT, HIDDEN, h, 0, HIDDEN, 1, w[2], 0, 1, HIDDEN, o, 0, false);
            crossEntropy(o, w[3], labels);
            gemm.multiply(OUT, HIDDEN, BATCH, o, 0, 1, OUT, h, 0, HIDDEN, 1, g[2], 0, false);
            gemm.multiply(BATCH, HIDDEN, OUT, o, 0, OUT, 1, w[2], 0, HIDDEN, 1, dh, 0, false);
            columnSums(o, g[3]);
            mask(dh, h);
            columnSums(dh, g[1]);
            gemm.multiply(HIDDEN, IN, BATCH, dh, 0, 1, HIDDEN, x, 0, IN, 1, g[0], 0, false);
            trained.update();
        }
    }

    private static void biasRelu(float[] h, float[] bias) {
        for (int from = 0; from < h.length; from += HIDDEN) {
            for (int j = 0; j < HIDDEN; j++) {
                h[from + j] = Math.max(0f, h[from + j] + bias[j]);
            }
        }
    }

    private static void mask(float[] g, float[] y) {
        for (int i = 0; i < g.length; i++) {
            g[i] = y[i] > 0f ? g[i] : 0f;
        }
    }

    private static void columnSums(float[] g, float[] sums) {
        Arrays.fill(sums, 0f);
        for (int from = 0; from < g.length; from += sums.length) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += g[from + j];
            }
        }
    }

    private static void crossEntropy(float[] o, float[] bias, float[] labels) {
        for (int row = 0; row < BATCH; row++) {
            int from = row * OUT;
            float max = Float.NEGATIVE_INFINITY;
            for (int j = 0; j < OUT; j++) {
                o[from + j] += bias[j];
                max = Math.max(max, o[from + j]);
            }
            float sum = 0;
            for (int j = 0; j < OUT; j++) {
                o[from + j] = (float) Math.exp(o[from + j] - max);
                sum += o[from + j];
            }
            float scale = 1 / (sum * BATCH);
            for (int j = 0; j < OUT; j++) {
                o[from + j] *= scale;
            }
            o[from + (int) labels[row]] -= 1f / BATCH;
        }
    }

    private static float[] values(int seed, int size) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
