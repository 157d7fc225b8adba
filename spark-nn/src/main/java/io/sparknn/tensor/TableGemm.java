package io.sparknn.tensor;

/**
 * The matrix product {@code C = S + A B} of matrices that lie scattered in their arrays: tables tell where each row and
 * column of A begins, and where each row of B.
 *
 * <p>A convolution multiplies by shifted views of its input, each of which is a row of B in place; writing them out
 * (im2col) would cost more than the product itself where there are few channels. As in {@link Gemm}, each output is one
 * chain of fused multiply-adds in order of p, from S on, so all kernels give the same bits.
 */
abstract class TableGemm {
    /** Rows that C must have beyond those of the product; they hold anything afterwards. */
    static final int SPARE_ROWS = 7;

    /** The kernel that goes with {@link Gemm}'s; a native BLAS has no such product. */
    static TableGemm get() {
        return Chosen.GEMM;
    }

    static TableGemm of(Gemm gemm) {
        return "plain".equals(gemm.name())
                ? new PlainTableGemm()
                : Kernels.load("VectorTableGemm", TableGemm.class, PlainTableGemm::new);
    }

    /** Rows of B are read, and rows of C written, up to a multiple of this many columns. */
    abstract int lanes();

    /** The number of columns that arrays must have room for. */
    final int padded(int columns) {
        return (columns + lanes() - 1) / lanes() * lanes();
    }

    /** Prepares a left operand that will be used many times, in an array of the pass. */
    abstract Scattered pack(Scattered a);

    /**
     * The product.
     *
     * @param n columns of B and C
     * @param b element (p, j) is {@code b[bOffset + bRows[p] + j]}; may be read up to {@link #padded} columns
     * @param starts row i of S is {@code starts[startsOffset + i]} throughout; null for the old values of C
     * @param c element (i, j) is {@code c[i * stride + j]}; written up to {@link #padded} columns and {@link #SPARE_ROWS}
     */
    abstract void product(
            Scattered a,
            int n,
            float[] b,
            int bOffset,
            int[] bRows,
            float[] starts,
            int startsOffset,
            float[] c,
            int stride);

    /** Defers the choice to the first product. */
    private static final class Chosen {
        static final TableGemm GEMM = of(Gemm.get());
    }
}
