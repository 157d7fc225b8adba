package io.sparknn.examples.benchmarks;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import io.sparknn.nn.layers.Linear;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.RowResolver;
import io.sparknn.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The matrix product {@code x · wᵀ} of layers on one thread and OpenBLAS's, called through MLlib's netlib: with weights
 * that are packed once, as in scoring, and with weights that are packed for each product, as in training. Ours is called
 * through a layer, in a pass as scoring opens one for each block: it takes the array it writes to from a pool, as OpenBLAS
 * writes into the same one.
 */
final class Products extends Benchmark {
    private static final int[][] SIZES = {{256, 784, 128}, {256, 128, 10}, {256, 512, 512}, {64, 25, 576}, {32, 64, 192}
    };
    private static final double SECONDS = 0.03;

    /** Nothing here reduces over rows. */
    private static final RowResolver NO_ROWS = part -> part;

    Products() {
        super("products");
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        BLAS blas;
        try {
            blas = NativeBLAS.getInstance();
        } catch (RuntimeException e) {
            return List.of(Comparison.of(name(), "matrix products", "OpenBLAS, one thread", Target.speed(0.9))
                    .skipped("no OpenBLAS"));
        }
        workLikeMllib();
        List<Comparison> lines = new ArrayList<>();
        for (int[] size : SIZES) {
            measure(blas, size[0], size[1], size[2], lines);
        }
        return lines;
    }

    private void measure(BLAS blas, int m, int k, int n, List<Comparison> lines) throws IOException {
        float[] a = values(m * k);
        float[] b = values(n * k);
        float[] c = new float[m * n];
        Runnable theirs = () -> blas.sgemm("T", "N", n, m, k, 1f, b, 0, k, a, 0, k, 0f, c, 0, n);
        Linear linear = new Linear(k, n, false);
        linear.setTrainable(false);
        Shape shape = Shape.of(m, k);
        String size = m + "×" + k + "×" + n;
        lines.add(line(size, "packed", "weights packed once", Target.speed(0.9))
                .measured(inTurns(() -> forward(Pass.scoring(NO_ROWS), linear, a, shape), theirs), 2.0 * m * k * n));
        lines.add(line(size, "packing", "packing included", Target.speed(0.6))
                .measured(inTurns(() -> forward(Pass.validating(NO_ROWS), linear, a, shape), theirs), 2.0 * m * k * n));
    }

    private static void forward(Pass pass, Linear linear, float[] rows, Shape shape) {
        try (pass) {
            linear.forward(pass.block(rows, shape));
        }
    }

    private Comparison line(String size, String part, String how, Target target) {
        return Comparison.of(
                name() + "/" + size + "/" + part,
                "matrix product " + size + ", " + how,
                "OpenBLAS, one thread",
                target);
    }

    private static Pairs inTurns(Runnable ours, Runnable theirs) throws IOException {
        return Pairs.inTurns(8, 15, 10, () -> nap(ours), () -> nap(theirs));
    }

    /** Seconds of one product, from as many as fill a short time. */
    private static double nap(Runnable product) {
        long runs = 0;
        long began = System.nanoTime();
        long now = began;
        while (now - began < SECONDS * 1e9) {
            for (int i = 0; i < 4; i++) {
                product.run();
            }
            runs += 4;
            now = System.nanoTime();
        }
        return (now - began) / 1e9 / runs;
    }

    private static float[] values(int size) {
        Random random = new Random(1);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /** Lets netlib's own vector kernels meet the compiler first, as MLlib does in a session. */
    private static void workLikeMllib() {
        BLAS blas = JavaBLAS.getInstance();
        double[] d = new double[10_000];
        double[] e = new double[10_000];
        for (int i = 0; i < 3000; i++) {
            blas.ddot(1000, d, 1, e, 1);
            blas.daxpy(1000, 0.1, d, 1, e, 1);
            blas.dgemv("T", 100, 100, 1, d, 0, 100, e, 0, 1, 0, d, 0, 1);
        }
    }
}
