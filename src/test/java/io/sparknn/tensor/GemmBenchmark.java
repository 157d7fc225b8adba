package io.sparknn.tensor;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Speed of the matrix product {@code Y = X W^T} and of {@link FloatMath}, one thread.
 *
 * <p>No test, so its name keeps it out of the test run; {@code OPENBLAS_VERBOSE=2 ./mvnw test -pl spark-nn
 * -Dtest=GemmBenchmark} runs it, with {@code OPENBLAS_CORETYPE} unset. The build sets {@code OPENBLAS_NUM_THREADS=1},
 * and OpenBLAS names its core when it loads. MLlib's BLAS works first in the same JVM, as it does in Spark.
 */
final class GemmBenchmark {
    private static final int[][] SIZES = {
        {256, 784, 128}, {256, 128, 10}, {128, 512, 512}, {64, 25, 576}, {32, 64, 192}, {1, 784, 128}, {7, 784, 128}
    };
    private static final int REPETITIONS = 21;
    private static final double SECONDS = Double.parseDouble(System.getProperty("seconds", "0.02"));

    @Test
    void printsTheTables() {
        main();
    }

    /** Prints the tables. */
    public static void main(String... arguments) {
        workLikeMllib();
        for (String name : new String[] {"OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS"}) {
            System.out.printf("%s=%s%n", name, System.getenv().getOrDefault(name, ""));
        }
        System.out.printf("%s%n%-14s", NativeBLAS.getInstance().getClass().getName(), "m x k x n");
        for (int[] size : SIZES) {
            printRow(size[0], size[1], size[2]);
        }
        functions();
    }

    private static void printRow(int m, int k, int n) {
        Map<String, Runnable> products = products(m, k, n);
        if (m == SIZES[0][0] && k == SIZES[0][1]) {
            products.keySet().forEach(name -> System.out.printf(" %20s", name));
            System.out.println();
        }
        double[] nanos = medianNanos(products.values().toArray(new Runnable[0]));
        System.out.printf("%-14s", m + "x" + k + "x" + n);
        for (double each : nanos) {
            System.out.printf(" %9.1f GF = %4.2f x", 2.0 * m * k * n / each, nanos[0] / each);
        }
        System.out.println();
    }

    private static Map<String, Runnable> products(int m, int k, int n) {
        float[] x = values(m * k);
        float[] w = values(n * k);
        float[] y = new float[m * n];
        BLAS blas = NativeBLAS.getInstance();
        Map<String, Runnable> products = new LinkedHashMap<>();
        products.put("OpenBLAS", () -> blas.sgemm("T", "N", n, m, k, 1f, w, 0, k, x, 0, k, 0f, y, 0, n));
        for (String name : new String[] {"vector", "plain"}) {
            Gemm gemm = Gemm.of(name);
            PackedMatrix packed = gemm.pack(k, n, w, 0, 1, k);
            products.put(name + ", packed once", () -> gemm.multiply(m, x, 0, k, 1, packed, y, 0, false));
            products.put(name + ", packing", () -> gemm.multiply(m, n, k, x, 0, k, 1, w, 0, 1, k, y, 0, false));
        }
        return products;
    }

    private static void functions() {
        int n = 4096;
        float[] x = values(n);
        float[] positive = values(n);
        for (int i = 0; i < n; i++) {
            x[i] *= 8;
            positive[i] = Math.abs(positive[i]);
        }
        float[] y = new float[n];
        Map<String, Runnable> functions = new LinkedHashMap<>();
        functions.put("Math.exp", () -> each(n, x, y, v -> (float) Math.exp(v)));
        functions.put("Math.log", () -> each(n, positive, y, v -> (float) Math.log(v)));
        functions.put("Math.tanh", () -> each(n, x, y, v -> (float) Math.tanh(v)));
        functions.put("1 / (1 + Math.exp)", () -> each(n, x, y, v -> (float) (1 / (1 + Math.exp(-v)))));
        for (FloatLoops loops : new FloatLoops[] {FloatMath.loops(), new PlainLoops()}) {
            String name = loops.getClass().getSimpleName();
            functions.put(name + ".exp", () -> loops.exp(n, x, y));
            functions.put(name + ".expm1", () -> loops.expm1(n, x, y));
            functions.put(name + ".log", () -> loops.log(n, positive, y));
            functions.put(name + ".log1p", () -> loops.log1p(n, positive, y));
            functions.put(name + ".tanh", () -> loops.tanh(n, x, y));
            functions.put(name + ".sigmoid", () -> loops.sigmoid(n, x, y));
            functions.put(name + ".erf", () -> loops.erf(n, x, y));
        }
        double[] nanos = medianNanos(functions.values().toArray(new Runnable[0]));
        int i = 0;
        for (String name : functions.keySet()) {
            System.out.printf("%-20s %6.2f ns%n", name, nanos[i++] / n);
        }
    }

    private interface Function {
        float of(float x);
    }

    private static void each(int n, float[] x, float[] y, Function function) {
        for (int i = 0; i < n; i++) {
            y[i] = function.of(x[i]);
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

    private static double nanosPerRun(Runnable work) {
        long runs = 0;
        long start = System.nanoTime();
        long now = start;
        while (now - start < SECONDS * 1e9) {
            for (int i = 0; i < 4; i++) {
                work.run();
            }
            runs += 4;
            now = System.nanoTime();
        }
        return (double) (now - start) / runs;
    }

    private static float[] values(int size) {
        Random random = new Random(1);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /** Lets netlib's vector kernels meet the compiler first, double and float, as a Spark session's MLlib does. */
    static void workLikeMllib() {
        BLAS blas = JavaBLAS.getInstance();
        double[] d = new double[90_000];
        double[] e = new double[90_000];
        float[] f = new float[90_000];
        float[] g = new float[90_000];
        for (int i = 0; i < 3000; i++) {
            blas.ddot(1000, d, 1, e, 1);
            blas.daxpy(1000, 0.1, d, 1, e, 1);
            blas.sdot(1000, f, 1, g, 1);
            blas.saxpy(1000, 0.1f, f, 1, g, 1);
            if (i < 60) {
                blas.dgemm("T", "N", 100, 100, 100, 1, d, 0, 100, e, 0, 100, 0, d, 0, 100);
                blas.sgemm("T", "N", 100, 100, 100, 1, f, 0, 100, g, 0, 100, 0, f, 0, 100);
                blas.dgemm("N", "N", 100, 100, 100, 1, d, 0, 100, e, 0, 100, 0, d, 0, 100);
                blas.sgemm("N", "N", 100, 100, 100, 1, f, 0, 100, g, 0, 100, 0, f, 0, 100);
            }
            blas.dgemv("T", 100, 100, 1, d, 0, 100, e, 0, 1, 0, d, 0, 1);
        }
        System.out.println("MLlib's BLAS has worked: " + blas.getClass().getSimpleName());
    }
}
