package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("fast")
class GemmTest {
    private static final int[] SIZES = {0, 1, 2, 3, 5, 8, 9, 15, 16, 17, 31, 32, 33, 47, 65};

    static Stream<Gemm> kernels() {
        return Stream.of(Gemm.of("plain"), Gemm.of("vector"));
    }

    @Test
    void takesTheVectorKernelWhereTheModuleIs() {
        assertThat(Gemm.get().name()).isEqualTo("vector");
        assertThat(Gemm.get().getClass().getSimpleName()).isEqualTo("VectorGemm");
        assertThat(FloatMath.loops().getClass().getSimpleName()).isEqualTo("VectorLoops");
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void givesTheBitsOfOneChainInOrderOfK(Gemm kernel) {
        Random random = new Random(1);
        for (int m : SIZES) {
            for (int n : SIZES) {
                for (int k : SIZES) {
                    new Product(random, m, n, k, random.nextBoolean(), random.nextBoolean()).check(kernel);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void givesTheBitsOfOneChainForLargeMatrices(Gemm kernel) {
        Random random = new Random(2);
        for (int[] size : new int[][] {{37, 1100, 40}, {9, 33, 2100}, {13, 600, 1030}, {1, 128, 784}, {64, 10, 128}}) {
            for (boolean transposedA : new boolean[] {false, true}) {
                for (boolean transposedB : new boolean[] {false, true}) {
                    new Product(random, size[0], size[1], size[2], transposedA, transposedB).check(kernel);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void givesARowTheSameBitsInEveryBlockAndPlace(Gemm kernel) {
        int n = 45;
        int k = 530;
        float[] a = values(new Random(3), 64 * k);
        PackedMatrix b = kernel.pack(k, n, values(new Random(4), k * n), 0, n, 1);
        float[] whole = new float[64 * n];
        kernel.multiply(64, a, 0, k, 1, b, whole, 0, false);
        for (int block : new int[] {1, 3, 7, 16, 50}) {
            float[] inBlocks = new float[64 * n];
            for (int i = 0; i < 64; i += block) {
                kernel.multiply(Math.min(block, 64 - i), a, i * k, k, 1, b, inBlocks, i * n, false);
            }
            assertThat(Arrays.equals(inBlocks, whole)).as("blocks of %d", block).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void keepsNaNAndInfinityWhereTheyBelong(Gemm kernel) {
        float[] a = {Float.NaN, 1, 2, Float.POSITIVE_INFINITY, 1, 1};
        float[] c = new float[6];
        kernel.multiply(3, 2, 2, a, 0, 2, 1, new float[] {1, 2, 3, 0}, 0, 2, 1, c, 0, false);
        assertThat(c).containsExactly(Float.NaN, Float.NaN, Float.POSITIVE_INFINITY, Float.NaN, 4, 2);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sharesAPackedMatrixBetweenThreads(Gemm kernel) throws Exception {
        Product product = new Product(new Random(5), 50, 41, 300, false, true);
        PackedMatrix shared = kernel.pack(300, 41, product.b, product.bOffset, product.bRow, product.bColumn);
        Callable<Void> work = () -> {
            for (int i = 0; i < 100; i++) {
                product.check(kernel, shared);
                product.check(kernel);
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Void> done : threads.invokeAll(List.of(work, work, work, work))) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refusesAMatrixPackedByAnotherKernel() {
        PackedMatrix packed = Gemm.of("plain").pack(1, 1, new float[1], 0, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gemm.of("vector").multiply(1, new float[1], 0, 1, 1, packed, new float[1], 0, false))
                .withMessage("the vector kernel cannot read a matrix packed by the plain kernel");
    }

    @Test
    void refusesAnUnknownKernel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gemm.of("fast"))
                .withMessageContaining("sparknn.gemm expects plain, vector or native, got fast");
    }

    @Test
    void usesNativeBlasOnlyWithOneThread() {
        Gemm own = new PlainGemm();
        assertThat(NativeGemm.orElse(own, Map.of())).isSameAs(own);
        assertThat(NativeGemm.orElse(own, Map.of("OPENBLAS_NUM_THREADS", "2"))).isSameAs(own);
    }

    @Test
    void agreesWithNativeBlasWhereThereIsOne() {
        Gemm kernel = NativeGemm.orElse(new PlainGemm(), Map.of("OPENBLAS_NUM_THREADS", "1"));
        Random random = new Random(6);
        for (int size : SIZES) {
            for (boolean transposed : new boolean[] {false, true}) {
                new Product(random, size, 17, 12, transposed, !transposed).checkRoughly(kernel);
                new Product(random, 9, size, 5, transposed, transposed).checkRoughly(kernel);
                new Product(random, 4, 3, size, transposed, transposed).checkRoughly(kernel);
            }
        }
    }

    private static float[] values(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** One product with its operands at odd places in larger arrays, and the naive loop to compare with. */
    private static final class Product {
        final int m;
        final int n;
        final int k;
        final int aOffset = 3;
        final int aRow;
        final int aColumn;
        final int bOffset = 5;
        final int bRow;
        final int bColumn;
        final float[] a;
        final float[] b;
        final float[] old;

        Product(Random random, int m, int n, int k, boolean transposedA, boolean transposedB) {
            this.m = m;
            this.n = n;
            this.k = k;
            // a gap after each line and, in a third of the cases, after each element
            int step = random.nextInt(3) == 0 ? 2 : 1;
            aRow = transposedA ? step : step * k + 2;
            aColumn = transposedA ? step * m + 1 : step;
            bRow = transposedB ? step : step * n + 1;
            bColumn = transposedB ? step * k + 2 : step;
            a = values(random, aOffset + (m + 1) * aRow + (k + 1) * aColumn);
            b = values(random, bOffset + (k + 1) * bRow + (n + 1) * bColumn);
            old = values(random, m * n + 8);
        }

        void check(Gemm kernel) {
            check(kernel, kernel.pack(k, n, b, bOffset, bRow, bColumn));
            float[] c = old.clone();
            kernel.multiply(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, c, 4, false);
            assertBits(c, naive(false));
        }

        void check(Gemm kernel, PackedMatrix packed) {
            for (boolean accumulate : new boolean[] {false, true}) {
                float[] c = old.clone();
                kernel.multiply(m, a, aOffset, aRow, aColumn, packed, c, 4, accumulate);
                assertBits(c, naive(accumulate));
            }
        }

        void checkRoughly(Gemm kernel) {
            for (boolean accumulate : new boolean[] {false, true}) {
                float[] c = old.clone();
                kernel.multiply(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, c, 4, accumulate);
                assertThat(c).usingComparatorWithPrecision(1e-3f).containsExactly(naive(accumulate));
            }
        }

        private void assertBits(float[] c, float[] expected) {
            if (!Arrays.equals(c, expected)) {
                assertThat(c).as("%d x %d x %d", m, k, n).containsExactly(expected);
            }
        }

        private float[] naive(boolean accumulate) {
            float[] c = old.clone();
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    float sum = accumulate ? c[4 + i * n + j] : 0f;
                    for (int p = 0; p < k; p++) {
                        sum = Math.fma(a[aOffset + i * aRow + p * aColumn], b[bOffset + p * bRow + j * bColumn], sum);
                    }
                    c[4 + i * n + j] = sum;
                }
            }
            return c;
        }
    }
}
