package io.sparknn.tensor;

import jdk.incubator.vector.FloatVector;

/** The product of scattered matrices by the Vector API, tile by tile of C as in {@link VectorGemm}. */
final class VectorTableGemm extends TableGemm {
    private static final int LANES = VectorKernel.LANES;
    private static final int WIDTH = 2 * LANES;
    /** Rows of a packed tile. */
    private static final int ROWS = VectorKernel.ROWS;

    /** Rows of B that pass before a tile of C goes back to memory: so many by a tile's width stay near the core. */
    private static final int DEPTH = 256;

    /** Proves that the Vector API of this JVM is the one compiled against. */
    VectorTableGemm() {
        int[] table = {0, 0};
        float[] c = new float[(2 + SPARE_ROWS) * 2 * WIDTH];
        float[] b = new float[2 * WIDTH];
        Scattered a = new Scattered(2, 2, table, table).at(new float[1], 0);
        product(a, WIDTH + 1, b, 0, table, b, 0, c, 2 * WIDTH);
        product(pack(a), WIDTH + 1, b, 0, table, b, 0, c, 2 * WIDTH);
    }

    @Override
    int lanes() {
        return LANES;
    }

    /** Tile after tile, in each column after column; a last tile of fewer rows is filled up by its last one. */
    @Override
    Scattered pack(Scattered a) {
        int tiles = (a.rows + ROWS - 1) / ROWS;
        float[] packed = Pass.current().allocate(tiles * ROWS * a.columns);
        for (int i = 0; i < tiles * ROWS; i++) {
            int from = a.offset + a.rowStarts[Math.min(i, a.rows - 1)];
            int to = i / ROWS * ROWS * a.columns + i % ROWS;
            for (int p = 0; p < a.columns; p++) {
                packed[to + p * ROWS] = a.values[from + a.columnStarts[p]];
            }
        }
        a.packed = packed;
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
        for (int column = 0; column < n; column += WIDTH) {
            boolean wide = n - column > LANES;
            if (starts != null) {
                start(a.rows, wide, starts, startsOffset, c, column, stride);
            }
            for (int start = 0; start < a.columns; start += DEPTH) {
                int end = Math.min(a.columns, start + DEPTH);
                if (a.rows == 1) {
                    one(wide, start, end, a, 0, b, bOffset + column, bRows, c, column);
                } else if (a.packed != null) {
                    packed(wide, start, end, a, b, bOffset + column, bRows, c, column, stride);
                } else {
                    scattered(wide, start, end, a, b, bOffset + column, bRows, c, column, stride);
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

    private static void one(
            boolean wide, int start, int end, Scattered a, int i, float[] b, int from, int[] bRows, float[] c, int to) {
        int row = a.offset + a.rowStarts[i];
        if (wide) {
            VectorTableKernel.oneByTwo(start, end, a.values, row, a.columnStarts, b, from, bRows, c, to);
        } else {
            VectorTableKernel.oneByOne(start, end, a.values, row, a.columnStarts, b, from, bRows, c, to);
        }
    }

    private static void packed(
            boolean wide,
            int start,
            int end,
            Scattered a,
            float[] b,
            int from,
            int[] bRows,
            float[] c,
            int column,
            int stride) {
        for (int row = 0; row < a.rows; row += ROWS) {
            int tile = row * a.columns;
            int to = row * stride + column;
            if (ROWS == 6 && wide) {
                VectorPackedKernel.sixByTwo(start, end, a.packed, tile, b, from, bRows, c, to, stride);
            } else if (ROWS == 6) {
                VectorPackedKernel.sixByOne(start, end, a.packed, tile, b, from, bRows, c, to, stride);
            } else if (wide) {
                VectorPackedKernel.eightByTwo(start, end, a.packed, tile, b, from, bRows, c, to, stride);
            } else {
                VectorPackedKernel.eightByOne(start, end, a.packed, tile, b, from, bRows, c, to, stride);
            }
        }
    }

    private static void scattered(
            boolean wide,
            int start,
            int end,
            Scattered a,
            float[] b,
            int from,
            int[] bRows,
            float[] c,
            int column,
            int stride) {
        int height = wide ? ROWS : VectorKernel.NARROW_ROWS;
        float[] x = a.values;
        int[] starts = a.rowStarts;
        int[] columns = a.columnStarts;
        for (int row = 0; row < a.rows; row += height) {
            int rows = Math.min(height, a.rows - row);
            int to = row * stride + column;
            if (rows == 1) {
                one(wide, start, end, a, row, b, from, bRows, c, to);
            } else if (!wide) {
                VectorTableKernel.eightByOne(
                        start, end, rows, x, a.offset, row, starts, columns, b, from, bRows, c, to, stride);
            } else if (ROWS == 6) {
                VectorTableKernel.sixByTwo(
                        start, end, rows, x, a.offset, row, starts, columns, b, from, bRows, c, to, stride);
            } else {
                VectorTableKernel.eightByTwo(
                        start, end, rows, x, a.offset, row, starts, columns, b, from, bRows, c, to, stride);
            }
        }
    }
}
