package io.sparknn.tensor;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Sequences a second, on one thread, of a GRU from 32 to 64 over 5,000 sequences of 1 to 200 elements in blocks of 256
 * rows; of looking up their elements by id; of matrix products of the sizes that the GRU needs, and nothing else. Not a
 * test: run its main.
 */
@SuppressWarnings("try")
final class RecurrentBenchmark {
    /** The thread's own time, for others may be at work on the machine. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int ROWS = 5_000;
    private static final int BLOCK = 256;
    private static final int WIDTH = 32;
    private static final int SIZE = 64;
    private static final int IDS = 1_000;

    private final Tensor table = Numbers.normal(1, IDS, WIDTH);
    private final Tensor[] weights = {
        Numbers.normal(2, 3 * SIZE, WIDTH).mul(0.1),
        Numbers.normal(3, 3 * SIZE, SIZE).mul(0.1),
        Numbers.normal(4, 3 * SIZE).mul(0.1),
        Numbers.normal(5, 3 * SIZE).mul(0.1)
    };
    private final int[] offsets = new int[ROWS + 1];
    private final float[] ids;

    private RecurrentBenchmark() {
        SplittableRandom random = new SplittableRandom(6);
        for (int row = 0; row < ROWS; row++) {
            offsets[row + 1] = offsets[row] + 1 + random.nextInt(200);
        }
        ids = new float[offsets[ROWS]];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = random.nextInt(IDS);
        }
    }

    /** Runs every variant, best of several. */
    public static void main(String[] args) {
        RecurrentBenchmark benchmark = new RecurrentBenchmark();
        int runs = args.length == 0 ? 7 : Integer.parseInt(args[0]);
        for (int round = 0; round < 2; round++) {
            print("products alone", best(runs, benchmark::products));
            print("look-up alone", best(runs, () -> benchmark.forward(false)));
            print("look-up and GRU", best(runs, () -> benchmark.forward(true)));
            print("forward and backward", best(Math.max(1, runs / 2), benchmark::train));
        }
    }

    private static void print(String what, double seconds) {
        System.out.printf(Locale.ROOT, "%-22s %8.0f sequences/s%n", what, ROWS / seconds);
    }

    private static double best(int runs, Runnable work) {
        double best = Double.MAX_VALUE;
        for (int run = 0; run < runs; run++) {
            long start = THREADS.getCurrentThreadCpuTime();
            work.run();
            best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - start) / 1e9);
        }
        return best;
    }

    private void forward(boolean gru) {
        for (int from = 0; from < ROWS; from += BLOCK) {
            try (Pass pass = Pass.scoring(part -> part)) {
                Tensor x = block(pass, from, Math.min(BLOCK, ROWS - from)).embedding(table, -1);
                if (gru) {
                    x.gru(Unroll.LAST_FORWARD, weights);
                }
            }
        }
    }

    private void train() {
        for (int from = 0; from < ROWS; from += BLOCK) {
            int rows = Math.min(BLOCK, ROWS - from);
            Tensor[] leaves = new Tensor[4];
            for (int i = 0; i < 4; i++) {
                leaves[i] = Tensor.of(weights[i].toArray(), weights[i].shape()).requiresGrad(true);
            }
            Gradients gradients = new Gradients(java.util.List.of(leaves));
            try (Pass pass = Pass.step(1, 1, rows, new long[rows], part -> part, gradients)) {
                Tensor x = block(pass, from, rows).embedding(table, -1);
                pass.backward(x.gru(Unroll.LAST_FORWARD, leaves).sum(1), new float[rows]);
            }
        }
    }

    private Tensor block(Pass pass, int from, int rows) {
        int[] own = new int[rows + 1];
        for (int row = 0; row <= rows; row++) {
            own[row] = offsets[from + row] - offsets[from];
        }
        float[] values = java.util.Arrays.copyOfRange(ids, offsets[from], offsets[from + rows]);
        return pass.block(values, own, Shape.of(rows, Shape.RAGGED));
    }

    private void products() {
        Gemm gemm = Gemm.get();
        float[] wide = new float[BLOCK * 200 * WIDTH];
        float[] gates = new float[BLOCK * 200 * SIZE];
        float[] h = new float[BLOCK * SIZE];
        float[] into = new float[BLOCK * SIZE];
        PackedMatrix state = gemm.pack(SIZE, SIZE, weights[1].values(), 0, 1, SIZE);
        PackedMatrix elements = gemm.pack(WIDTH, SIZE, weights[0].values(), 0, 1, WIDTH);
        for (int from = 0; from < ROWS; from += BLOCK) {
            int rows = Math.min(BLOCK, ROWS - from);
            int[] own = new int[rows + 1];
            for (int row = 0; row <= rows; row++) {
                own[row] = offsets[from + row] - offsets[from];
            }
            Steps steps = new Lengths(rows, own).steps(false);
            for (int g = 0; g < 3; g++) {
                gemm.multiply(steps.total(), wide, 0, WIDTH, 1, elements, gates, 0, false);
                for (int step = 0; step < steps.count(); step++) {
                    gemm.multiply(steps.running(step), h, 0, SIZE, 1, state, into, 0, true);
                }
            }
        }
    }
}
