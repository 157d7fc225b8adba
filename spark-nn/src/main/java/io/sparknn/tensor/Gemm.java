package io.sparknn.tensor;

import java.util.Arrays;

/**
 * The matrix product {@code C = A B} of (m, k) and (k, n), row-major.
 *
 * <p>Each output is one chain of fused multiply-adds in order of k, {@code c = fma(a[i][k - 1], b[k - 1][j], ...
 * fma(a[i][0], b[0][j], 0))}. So its bits depend on nothing but its row of A and its column of B: not on the number of
 * rows beside it, its place among them, the lane width or the kernel. {@link NativeGemm}, opt-in, gives that up. (The
 * payload of a NaN is not promised.)
 *
 * <p>The system property {@code sparknn.gemm} = {@code plain}, {@code vector} or {@code native} forces a kernel. Kernels
 * are shared by all threads.
 */
abstract class Gemm {
    /** What a thread keeps for packing, in floats; a larger buffer lives for one product only. */
    private static final int KEPT_FLOATS = 1 << 22;

    private static final float[][] NOTHING = new float[0][];

    private static final ThreadLocal<float[][]> BUFFER = new ThreadLocal<>();

    /** What a kernel puts aside during a product. */
    private static final ThreadLocal<float[]> SCRATCH = new ThreadLocal<>();

    /** The kernel of this JVM, chosen when first asked for. */
    static Gemm get() {
        return Chosen.GEMM;
    }

    /** The kernel of a name; null for the fastest with equal bits. */
    static Gemm of(String name) {
        if (name == null) {
            return Kernels.isVectorPresent() ? Kernels.load("VectorGemm", Gemm.class, PlainGemm::new) : new PlainGemm();
        }
        return switch (name) {
            case "plain" -> new PlainGemm();
            case "vector" ->
                Kernels.load("VectorGemm", Gemm.class, () -> {
                    throw new IllegalStateException("sparknn.gemm=vector expects the module jdk.incubator.vector, got a"
                            + " JVM without it; start it with --add-modules jdk.incubator.vector");
                });
            case "native" -> NativeGemm.orElse(of(null), System.getenv());
            default ->
                throw new IllegalArgumentException(
                        "sparknn.gemm expects plain, vector or native, got " + name + "; leave it out for the default");
        };
    }

    /** What {@code sparknn.gemm} calls this kernel. */
    abstract String name();

    /**
     * Copies B into this kernel's layout.
     *
     * @param k rows of B
     * @param n columns of B
     * @param b values; element (p, j) is {@code b[offset + p * rowStride + j * colStride]}
     */
    final PackedMatrix pack(int k, int n, float[] b, int offset, int rowStride, int colStride) {
        return new PackedMatrix(this, k, n, fill(NOTHING, k, n, b, offset, rowStride, colStride));
    }

    /** Packs into the arrays given, or into new ones where those are too small; returns the ones used. */
    abstract float[][] fill(float[][] parts, int k, int n, float[] b, int offset, int rowStride, int colStride);

    /**
     * C = A B, or C += A B with the old value as the start of the chain.
     *
     * @param m rows of A and C
     * @param a values; element (i, p) is {@code a[aOffset + i * rowStride + p * colStride]}
     * @param c where C goes, (i, j) at {@code c[cOffset + i * n + j]}; must not be the array of A
     */
    final void multiply(
            int m,
            float[] a,
            int aOffset,
            int rowStride,
            int colStride,
            PackedMatrix b,
            float[] c,
            int cOffset,
            boolean accumulate) {
        if (b.kernel != this) {
            throw new IllegalArgumentException(
                    "the " + name() + " kernel cannot read a matrix packed by the " + b.kernel.name() + " kernel");
        }
        if (m > 0 && b.n > 0 && b.k > 0) {
            product(m, b.n, b.k, a, aOffset, rowStride, colStride, b.parts, c, cOffset, accumulate);
        } else if (!accumulate) {
            Arrays.fill(c, cOffset, cOffset + m * b.n, 0f);
        }
    }

    /** C = A B, or C += A B, for sizes above 0, with B as this kernel has packed it. */
    abstract void product(
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
            boolean accumulate);

    /** An array of this thread, of at least n elements with arbitrary content, for the time of one product. */
    static float[] scratch(int n) {
        float[] kept = SCRATCH.get();
        if (kept == null || kept.length < n) {
            kept = new float[n];
            SCRATCH.set(kept);
        }
        return kept;
    }

    /**
     * One row of A B, by what a row of A stores; true if its bits are those of the dense product.
     *
     * @param sums takes the row; its room is that of {@link PackedMatrix#paddedColumns}
     */
    final boolean sparseRow(SparseRows rows, int row, PackedMatrix b, float[] sums) {
        return b.kernel == this
                && b.isFinite()
                && addSparse(rows.places(), rows.values(), rows.from(row), rows.to(row), b, sums);
    }

    /** Writes the sums; false if one of them is 0, or this kernel has no such product. */
    boolean addSparse(int[] places, float[] values, int from, int to, PackedMatrix b, float[] sums) {
        return false;
    }

    static boolean hasNoZero(float[] sums, int from, int to) {
        for (int i = from; i < to; i++) {
            if (sums[i] == 0) {
                return false;
            }
        }
        return true;
    }

    /** C = A B or C += A B, packing B into a buffer of this thread: for a B that is used once. */
    final void multiply(
            int m,
            int n,
            int k,
            float[] a,
            int aOffset,
            int aRowStride,
            int aColStride,
            float[] b,
            int bOffset,
            int bRowStride,
            int bColStride,
            float[] c,
            int cOffset,
            boolean accumulate) {
        float[][] kept = BUFFER.get();
        float[][] parts = fill(kept == null ? NOTHING : kept, k, n, b, bOffset, bRowStride, bColStride);
        if ((long) k * n <= KEPT_FLOATS) {
            BUFFER.set(parts);
        }
        if (m > 0 && n > 0 && k > 0) {
            product(m, n, k, a, aOffset, aRowStride, aColStride, parts, c, cOffset, accumulate);
        } else if (!accumulate) {
            Arrays.fill(c, cOffset, cOffset + m * n, 0f);
        }
    }

    /** Defers the choice to the first product. */
    private static final class Chosen {
        static final Gemm GEMM = of(System.getProperty(
                "sparknn.gemm", "native".equals(System.getProperty("sparknn.blas")) ? "native" : null));
    }
}
