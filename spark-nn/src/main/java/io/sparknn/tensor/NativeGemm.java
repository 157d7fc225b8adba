package io.sparknn.tensor;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Map;

/**
 * The matrix product of the native BLAS that Spark's netlib loads, opt-in by {@code -Dsparknn.blas=native}.
 *
 * <p>It gives up equal bits: a row's result depends on the rows beside it. It is used only when
 * {@code OPENBLAS_NUM_THREADS=1} is in the environment, because netlib cannot set the number of threads and OpenBLAS's
 * default, one per core in every task, is slower by a factor of four with two tasks.
 */
final class NativeGemm extends Gemm {
    private static final String BLAS = "dev.ludovic.netlib.blas.";

    private final MethodHandle sgemm;

    private NativeGemm(MethodHandle sgemm) {
        this.sgemm = sgemm;
    }

    /** The native kernel, or another one and a warning where it cannot or should not be used. */
    static Gemm orElse(Gemm other, Map<String, String> environment) {
        if (!"1".equals(environment.get("OPENBLAS_NUM_THREADS"))) {
            return warn(
                    other,
                    "expects OPENBLAS_NUM_THREADS=1 in the environment, got "
                            + environment.getOrDefault("OPENBLAS_NUM_THREADS", "none")
                            + "; set spark.executorEnv.OPENBLAS_NUM_THREADS and export it for the driver",
                    null);
        }
        try {
            return new NativeGemm(find());
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return warn(other, "expects netlib and a native BLAS, found none; install libopenblas", e);
        }
    }

    private static Gemm warn(Gemm other, String reason, Throwable cause) {
        System.getLogger(NativeGemm.class.getName())
                .log(Level.WARNING, "sparknn.blas=native " + reason + "; using the " + other.name() + " kernel", cause);
        return other;
    }

    /** By name: netlib comes with Spark's MLlib, of which this package knows nothing. */
    private static MethodHandle find() throws ReflectiveOperationException {
        ClassLoader loader = NativeGemm.class.getClassLoader();
        Class<?> nativeBlas = Class.forName(BLAS + "NativeBLAS", true, loader);
        Object instance = nativeBlas.getMethod("getInstance").invoke(null);
        MethodType type = MethodType.methodType(
                void.class,
                String.class,
                String.class,
                int.class,
                int.class,
                int.class,
                float.class,
                float[].class,
                int.class,
                int.class,
                float[].class,
                int.class,
                int.class,
                float.class,
                float[].class,
                int.class,
                int.class);
        Class<?> blas = Class.forName(BLAS + "BLAS", true, loader);
        return MethodHandles.publicLookup().findVirtual(blas, "sgemm", type).bindTo(instance);
    }

    @Override
    String name() {
        return "native";
    }

    @Override
    float[][] fill(float[][] parts, int k, int n, float[] b, int offset, int rowStride, int colStride) {
        int size = Math.multiplyExact(k, n);
        float[][] whole = parts.length == 1 && parts[0].length >= size ? parts : new float[1][size];
        copy(whole[0], k, n, b, offset, rowStride, colStride);
        return whole;
    }

    private static void copy(
            float[] to, int rows, int columns, float[] from, int offset, int rowStride, int colStride) {
        for (int p = 0; p < rows; p++) {
            int at = offset + p * rowStride;
            if (colStride == 1) {
                System.arraycopy(from, at, to, p * columns, columns);
            } else {
                for (int j = 0; j < columns; j++) {
                    to[p * columns + j] = from[at + j * colStride];
                }
            }
        }
    }

    /** BLAS counts by columns, where row-major C is C transposed: that is B transposed times A transposed. */
    @Override
    void product(
            int m,
            int n,
            int k,
            float[] a,
            int aOffset,
            int rowStride,
            int colStride,
            float[][] parts,
            float[] c,
            int cOffset,
            boolean accumulate) {
        if (!accumulate) {
            Arrays.fill(c, cOffset, cOffset + m * n, 0f);
        }
        if (colStride == 1 && rowStride >= k) {
            call("N", m, n, k, parts[0], a, aOffset, rowStride, c, cOffset);
        } else if (rowStride == 1 && colStride >= m) {
            call("T", m, n, k, parts[0], a, aOffset, colStride, c, cOffset);
        } else {
            float[] whole = new float[m * k];
            copy(whole, m, k, a, aOffset, rowStride, colStride);
            call("N", m, n, k, parts[0], whole, 0, k, c, cOffset);
        }
    }

    private void call(
            String form, int m, int n, int k, float[] b, float[] a, int aOffset, int stride, float[] c, int cOffset) {
        try {
            sgemm.invokeExact("N", form, n, m, k, 1f, b, 0, n, a, aOffset, stride, 1f, c, cOffset, n);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the native BLAS failed", e);
        }
    }
}
