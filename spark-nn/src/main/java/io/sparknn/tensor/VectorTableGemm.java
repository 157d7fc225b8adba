package io.sparknn.tensor;

import jdk.incubator.vector.FloatVector;

/** The product of scattered matrices by the Vector API, tile by tile of C as in {@link VectorGemm}. */
final class VectorTableGemm extends TableGemm {
    private static final int LANES = VectorKernel.LANES;
    private static final int WIDTH = 2 * LANES;

    /** Rows of B that pass before a tile of C goes back to memory: so many by a tile's width stay near the core. */
    private static final int DEPTH = 256;

    /** Proves that the Vector API of this JVM is the one compiled against. */
    VectorTableGemm() {
        int[] table = {0, 0};
        float[] c = new float[(2 + SPARE_ROWS) * 2 * WIDTH];
        float[] b = new float[2 * WIDTH];
        product(2, WIDTH + 1, 2, new float[1], 0, table, table, b, 0, table, b, 0, c, 2 * WIDTH);
    }

    @Override
    int lanes() {
        return LANES;
    }

    @Override
    void product(
            int m,
            int n,
            int k,
            float[] a,
            int aOffset,
            int[] aRows,
            int[] aColumns,
            float[] b,
            int bOffset,
            int[] bRows,
            float[] starts,
            int startsOffset,
            float[] c,
            int stride) {
        for (int column = 0; column < n; column += WIDTH) {
            boolean wide = n - column > LANES;
            int height = m == 1 ? 1 : wide ? VectorKernel.ROWS : VectorKernel.NARROW_ROWS;
            int from = bOffset + column;
            if (starts != null) {
                start(m, wide, starts, startsOffset, c, column, stride);
            }
            for (int start = 0; start < k; start += DEPTH) {
                int end = Math.min(k, start + DEPTH);
                for (int row = 0; row < m; row += height) {
                    int rows = Math.min(height, m - row);
                    int to = row * stride + column;
                    tile(wide, start, end, rows, a, aOffset, row, aRows, aColumns, b, from, bRows, c, to, stride);
                }
            }
        }
    }

    private static void start(int m, boolean wide, float[] starts, int from, float[] c, int column, int stride) {
        for (int i = 0, to = column; i < m; i++, to += stride) {
            FloatVector value = FloatVector.broadcast(VectorKernel.SPECIES, starts[from + i]);
            value.intoArray(c, to);
            if (wide) {
                value.intoArray(c, to + LANES);
            }
        }
    }

    private static void tile(
            boolean wide,
            int start,
            int end,
            int rows,
            float[] a,
            int aOffset,
            int row,
            int[] aRows,
            int[] aColumns,
            float[] b,
            int bOffset,
            int[] bRows,
            float[] c,
            int to,
            int stride) {
        if (rows == 1) {
            int a0 = aOffset + aRows[row];
            if (wide) {
                VectorTableKernel.oneByTwo(start, end, a, a0, aColumns, b, bOffset, bRows, c, to);
            } else {
                VectorTableKernel.oneByOne(start, end, a, a0, aColumns, b, bOffset, bRows, c, to);
            }
        } else if (!wide) {
            VectorTableKernel.eightByOne(
                    start, end, rows, a, aOffset, row, aRows, aColumns, b, bOffset, bRows, c, to, stride);
        } else if (VectorKernel.ROWS == 6) {
            VectorTableKernel.sixByTwo(
                    start, end, rows, a, aOffset, row, aRows, aColumns, b, bOffset, bRows, c, to, stride);
        } else {
            VectorTableKernel.eightByTwo(
                    start, end, rows, a, aOffset, row, aRows, aColumns, b, bOffset, bRows, c, to, stride);
        }
    }
}
