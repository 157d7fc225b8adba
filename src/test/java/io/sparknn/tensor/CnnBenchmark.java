package io.sparknn.tensor;

import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Conv2d;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.MaxPool2d;
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
import org.junit.jupiter.api.Test;

/**
 * Speed of training the network of the example CnnDigits in batches of 64 by Adam, one thread, made-up images: whole
 * steps, the forward pass alone, and the matrix products that a step is made of alone.
 *
 * <p>No test, so its name keeps it out of the test run; {@code ./mvnw test -pl spark-nn -Dtest=CnnBenchmark} runs it.
 * All take turns and are measured in processor time, for the speed of a machine that others use changes. The products
 * have all windows written out and one operand packed before, which no step has.
 */
@SuppressWarnings("try")
final class CnnBenchmark {
    private static final int BATCH = 64;
    private static final int TURNS = Integer.getInteger("turns", 31);
    private static final int STEPS = 8;

    /** (m, k, n) and how many of them a step takes: forward, by weights, by input. */
    private static final int[][] PRODUCTS = {
        {16, 25, 576, BATCH},
        {25, 576, 16, BATCH},
        {32, 400, 64, BATCH},
        {400, 64, 32, BATCH},
        {400, 32, 64, BATCH},
        {BATCH, 512, 128, 1},
        {128, BATCH, 512, 1},
        {BATCH, 128, 512, 1},
        {BATCH, 128, 10, 1},
        {10, BATCH, 128, 1},
        {BATCH, 10, 128, 1}
    };

    private final Sequential network = new Sequential(
            new Conv2d(1, 16, 5),
            new Relu(),
            new MaxPool2d(2),
            new Conv2d(16, 32, 5),
            new Relu(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(512, 128),
            new Relu(),
            new Linear(128, 10));
    private final List<Tensor> parameters;
    private final Gradients gradients;
    private final float[][][] states;
    private final Adam adam = new Adam();
    private final float[] images = Numbers.normal(1, BATCH, 784).toArray();
    private final float[] labels = new float[BATCH];
    private final float[] weights = new float[BATCH];
    private final long[] numbers = new long[BATCH];
    private long step;

    private CnnBenchmark() {
        network.setSeed(1);
        parameters = new ArrayList<>(network.parameters().values());
        gradients = new Gradients(parameters);
        states = parameters.stream().map(p -> adam.newState(p.localSize())).toArray(float[][][]::new);
        Arrays.fill(weights, 1f / BATCH);
        for (int row = 0; row < BATCH; row++) {
            labels[row] = row % 10;
            numbers[row] = row;
        }
    }

    @Test
    void printsTheTable() {
        main();
    }

    /** Prints the table. */
    public static void main(String... arguments) {
        GemmBenchmark.workLikeMllib();
        CnnBenchmark benchmark = new CnnBenchmark();
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("products alone", products());
        works.put("forward", benchmark::forward);
        works.put("steps", benchmark::step);
        print(works);
    }

    private static Runnable products() {
        List<Runnable> all = new ArrayList<>();
        Gemm gemm = Gemm.get();
        for (int[] size : PRODUCTS) {
            float[] a = Numbers.normal(1, size[0], size[1]).toArray();
            float[] b = Numbers.normal(2, size[1], size[2]).toArray();
            float[] c = new float[size[0] * size[2]];
            PackedMatrix packed = gemm.pack(size[1], size[2], b, 0, size[2], 1);
            all.add(() -> {
                for (int i = 0; i < size[3]; i++) {
                    gemm.multiply(size[0], a, 0, size[1], 1, packed, c, 0, false);
                }
            });
        }
        return () -> all.forEach(Runnable::run);
    }

    private void forward() {
        try (Pass pass = Pass.scoring(part -> part)) {
            network.forward(pass.block(images, Shape.of(BATCH, 1, 28, 28)));
        }
    }

    private void step() {
        step++;
        gradients.clear();
        try (Pass pass = Pass.step(1, step, BATCH, numbers, part -> part, gradients)) {
            Tensor output = network.forward(pass.block(images, Shape.of(BATCH, 1, 28, 28)));
            pass.backward(output.crossEntropy(pass.block(labels, Shape.of(BATCH)), null, 0), weights);
        }
        float[][] all = gradients.arrays();
        for (int i = 0; i < all.length; i++) {
            float[] values = parameters.get(i).values();
            adam.step(values, all[i], states[i], 0, values.length, new Step(1e-3, step, "w"));
        }
    }

    private static void print(Map<String, Runnable> works) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[][] seconds = new double[works.size()][TURNS];
        for (int turn = -TURNS; turn < TURNS; turn++) {
            int i = 0;
            for (Runnable work : works.values()) {
                long start = threads.getCurrentThreadCpuTime();
                for (int run = 0; run < STEPS; run++) {
                    work.run();
                }
                seconds[i++][Math.max(0, turn)] = (threads.getCurrentThreadCpuTime() - start) / 1e9 / STEPS;
            }
        }
        double[] shares = new double[TURNS];
        int i = 0;
        for (String name : works.keySet()) {
            for (int turn = 0; turn < TURNS; turn++) {
                shares[turn] = seconds[0][turn] / seconds[i][turn];
            }
            Arrays.sort(shares);
            Arrays.sort(seconds[i]);
            System.out.printf(
                    "%-16s %7.0f us, %8.0f rows/s; %4.2f (%4.2f to %4.2f) of the products' speed%n",
                    name,
                    seconds[i][TURNS / 2] * 1e6,
                    BATCH / seconds[i][TURNS / 2],
                    shares[TURNS / 2],
                    shares[0],
                    shares[TURNS - 1]);
            i++;
        }
    }
}
