package io.sparknn.tensor;

/**
 * The matrix product of a block in which rows store few values, with a packed matrix: those rows add only the products of
 * what they store, the others go through the {@link Gemm} as ever.
 *
 * <p>The bits are those of the dense product. To add {@code 0 · b} changes no sum but one that is 0, whose sign it may
 * change: an output that comes to 0 sends its row through the dense product. So do weights that are not finite, for then
 * {@code 0 · b} is no number.
 */
final class SparseProduct {
    private SparseProduct() {}

    /** Y = X W of (m, k) and the packed matrix; the rows of X, all values of which x holds too. */
    static void multiply(Gemm gemm, int m, float[] x, PackedMatrix w, SparseRows rows, float[] y) {
        float[] sums = new float[w.paddedColumns()];
        int dense = 0;
        for (int row = 0; row < m; row++) {
            if (rows.isFew(row) && gemm.sparseRow(rows, row, w, sums)) {
                multiply(gemm, dense, row, x, w, y);
                System.arraycopy(sums, 0, y, row * w.n, w.n);
                dense = row + 1;
            }
        }
        multiply(gemm, dense, m, x, w, y);
    }

    private static void multiply(Gemm gemm, int from, int to, float[] x, PackedMatrix w, float[] y) {
        if (from < to) {
            gemm.multiply(to - from, x, from * w.k, w.k, 1, w, y, from * w.n, false);
        }
    }
}
