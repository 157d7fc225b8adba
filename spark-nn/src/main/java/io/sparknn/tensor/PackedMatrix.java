package io.sparknn.tensor;

/**
 * A right operand in the layout its kernel reads; never changes once packed, so threads share it.
 *
 * <p>Only the kernel that packed it can multiply by it.
 */
final class PackedMatrix {
    /** Kernels write rows of so many columns at a time at most. */
    private static final int COLUMNS = 64;

    final Gemm kernel;
    final int k;
    final int n;
    final float[][] parts;

    /** Whether all values are finite, once somebody asks. */
    private volatile Boolean finite;

    PackedMatrix(Gemm kernel, int k, int n, float[][] parts) {
        this.kernel = kernel;
        this.k = k;
        this.n = n;
        this.parts = parts;
    }

    boolean isFinite() {
        if (finite == null) {
            boolean all = true;
            for (float[] part : parts) {
                all &= Pass.allFinite(part, 0, part.length);
            }
            finite = all;
        }
        return finite;
    }

    /** Room for a row of the product that a kernel may write beyond its end. */
    int paddedColumns() {
        return (n + COLUMNS - 1) / COLUMNS * COLUMNS;
    }
}
