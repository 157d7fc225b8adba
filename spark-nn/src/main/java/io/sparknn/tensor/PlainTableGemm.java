package io.sparknn.tensor;

import java.util.Arrays;

/**
 * The product of scattered matrices in plain Java: rows of B are copied to arrays of their own, which is what lets C2
 * turn the inner loop into vector code, as in {@link PlainGemm}.
 */
final class PlainTableGemm extends TableGemm {
    /** Columns of a block at most. */
    private static final int WIDTH = 512;

    /** Rows of B at a time. */
    private static final int DEPTH = 256;

    /** Floats of B that stay in the first-level cache while the rows of A pass by. */
    private static final int CACHED = 6144;

    /** Rows of B, and behind them the sums of a row of C. */
    private final ThreadLocal<float[][]> buffer = ThreadLocal.withInitial(() -> new float[DEPTH + 1][WIDTH]);

    @Override
    int lanes() {
        return 1;
    }

    /** It reads the matrix where it is: the rows of B are what it copies. */
    @Override
    Scattered pack(Scattered a) {
        return a;
    }

    @Override
    void product(
            Scattered a,
            int n,
            float[] b,
            int bOffset,
            int[] bRows,
            float[] starts,
            int startsOffset,
            float[] c,
            int stride) {
        int width = Math.min(WIDTH, n);
        int depth = Math.min(DEPTH, Math.max(16, CACHED / Math.max(1, width) / 4 * 4));
        float[][] rows = buffer.get();
        float[] sums = rows[DEPTH];
        for (int column = 0; column < n; column += width) {
            int columns = Math.min(width, n - column);
            for (int start = 0; start == 0 || start < a.columns; start += depth) {
                int end = Math.min(a.columns, start + depth);
                for (int p = start; p < end; p++) {
                    System.arraycopy(b, bOffset + bRows[p] + column, rows[p - start], 0, columns);
                }
                for (int i = 0; i < a.rows; i++) {
                    if (start == 0 && starts != null) {
                        Arrays.fill(sums, 0, columns, starts[startsOffset + i]);
                    } else {
                        System.arraycopy(c, i * stride + column, sums, 0, columns);
                    }
                    addRow(columns, a.values, a.offset + a.rowStarts[i], a.columnStarts, start, end, rows, sums);
                    System.arraycopy(sums, 0, c, i * stride + column, columns);
                }
            }
        }
    }

    private static void addRow(
            int n, float[] a, int row, int[] columns, int start, int end, float[][] rows, float[] sums) {
        int p = start;
        for (; p + 4 <= end; p += 4) {
            int at = p - start;
            PlainGemm.addFour(
                    n,
                    a[row + columns[p]],
                    a[row + columns[p + 1]],
                    a[row + columns[p + 2]],
                    a[row + columns[p + 3]],
                    rows[at],
                    rows[at + 1],
                    rows[at + 2],
                    rows[at + 3],
                    sums);
        }
        for (; p < end; p++) {
            PlainGemm.addOne(n, a[row + columns[p]], rows[p - start], sums);
        }
    }
}
