package io.sparknn.tensor;

/**
 * The matrix product by the Vector API.
 *
 * <p>B is packed in panels two vectors wide (the last one vector wide if that is enough), each panel k rows long, so
 * that a tile reads it in one stream:
 *
 * <pre>
 *            panel 0   panel 1  last
 *           +--------+--------+----+
 *   B   k   | row 0  |        |    |      A is read in place, six or eight rows at a time; a tile of C, so many rows by one
 *           | row 1  |        |    |      panel, stays in registers while k runs over a block
 *           |   ...  |        |    |
 *           +--------+--------+----+
 * </pre>
 *
 * Tiles that stick out of C, to the right or below, are computed in scratch: their extra columns hold zeros, their extra
 * rows repeat the last one.
 */
final class VectorGemm extends Gemm {
    private static final int LANES = VectorKernel.LANES;
    private static final int WIDTH = 2 * LANES;

    /** What sums begin with where nothing is there to add to. */
    private static final float[] ZEROS = new float[WIDTH];

    /** Rows of B that pass before a tile of C goes back to memory: a panel of them stays in the cache near the core. */
    private static final int DEPTH = 256;

    /** Rows of B transposed at a time: 64 of them take 8 kB of a panel. */
    private static final int TRANSPOSED = 64;

    /** Proves that the Vector API of this JVM is the one compiled against. */
    VectorGemm() {
        multiply(
                2,
                new float[2],
                0,
                1,
                1,
                pack(1, WIDTH + 1, new float[WIDTH + 1], 0, 1, 1),
                new float[5 * WIDTH],
                0,
                false);
    }

    @Override
    String name() {
        return "vector";
    }

    @Override
    float[][] fill(float[][] parts, int k, int n, float[] b, int offset, int rowStride, int colStride) {
        int rest = n % WIDTH;
        int columns = n - rest + (rest == 0 ? 0 : rest <= LANES ? LANES : WIDTH);
        int size = Math.multiplyExact(k, columns);
        float[][] panels = parts.length == 1 && parts[0].length >= size ? parts : new float[1][size];
        for (int column = 0, at = 0; column < n; column += WIDTH) {
            int used = Math.min(WIDTH, n - column);
            int width = used <= LANES ? LANES : WIDTH;
            int from = offset + column * colStride;
            if (colStride == 1) {
                copy(panels[0], at, width, k, used, b, from, rowStride);
            } else {
                transpose(panels[0], at, width, k, used, b, from, rowStride, colStride);
            }
            at += k * width;
        }
        return panels;
    }

    private static void copy(float[] panel, int at, int width, int k, int used, float[] b, int from, int rowStride) {
        for (int p = 0; p < k; p++) {
            int to = at + p * width;
            System.arraycopy(b, from + p * rowStride, panel, to, used);
            for (int j = used; j < width; j++) {
                panel[to + j] = 0f;
            }
        }
    }

    /** Some rows at a time: the cache lines written stay near while b is read along its rows. */
    private static void transpose(
            float[] panel, int at, int width, int k, int used, float[] b, int from, int rowStride, int colStride) {
        for (int start = 0; start < k; start += TRANSPOSED) {
            int end = Math.min(k, start + TRANSPOSED);
            int j = 0;
            for (; rowStride == 1 && j + 4 <= used; j += 4) {
                fourColumns(panel, at + j, width, start, end, b, from + j * colStride, colStride);
            }
            for (; j < used; j++) {
                int column = from + j * colStride;
                for (int p = start; p < end; p++) {
                    panel[at + p * width + j] = b[column + p * rowStride];
                }
            }
            for (; j < width; j++) {
                for (int p = start; p < end; p++) {
                    panel[at + p * width + j] = 0f;
                }
            }
        }
    }

    /** Four columns of neighbouring values side by side take half the time of one by one: what is written lies together. */
    private static void fourColumns(
            float[] panel, int at, int width, int start, int end, float[] b, int from, int colStride) {
        int second = from + colStride;
        int third = second + colStride;
        int fourth = third + colStride;
        for (int p = start; p < end; p++) {
            int to = at + p * width;
            panel[to] = b[from + p];
            panel[to + 1] = b[second + p];
            panel[to + 2] = b[third + p];
            panel[to + 3] = b[fourth + p];
        }
    }

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
        float[] scratch = scratch(VectorKernel.NARROW_ROWS * WIDTH);
        boolean spills = n < WIDTH && !accumulate && k <= DEPTH;
        // All panels for the same columns of A, which stay in the second-level cache.
        for (int start = 0; start < k; start += DEPTH) {
            int depth = Math.min(DEPTH, k - start);
            int from = aOffset + start * colStride;
            boolean add = accumulate || start > 0;
            for (int column = 0, panel = 0; column < n; column += WIDTH) {
                int used = Math.min(WIDTH, n - column);
                int width = used <= LANES ? LANES : WIDTH;
                int at = panel + start * width;
                int to = cOffset + column;
                addPanel(
                        m, used, width, depth, a, from, rowStride, colStride, parts[0], at, c, to, n, add, spills,
                        scratch);
                panel += k * width;
            }
        }
    }

    @Override
    boolean addSparse(int[] places, float[] values, int from, int to, PackedMatrix b, float[] sums) {
        float[] panels = b.parts[0];
        int panel = b.k * WIDTH;
        int column = 0;
        int at = 0;
        boolean exact = true;
        for (; column + 2 * WIDTH <= b.n; column += 2 * WIDTH, at += 2 * panel) {
            exact &= VectorSparseKernel.twoPanels(places, values, from, to, panels, at, at + panel, sums, column);
        }
        int rest = column;
        for (; column < b.n; column += WIDTH, at += panel) {
            if (b.n - column > LANES) {
                VectorSparseKernel.twoVectors(places, values, from, to, panels, at, sums, column);
            } else {
                VectorSparseKernel.oneVector(places, values, from, to, panels, at, sums, column);
            }
        }
        return exact && hasNoZero(sums, rest, b.n);
    }

    /**
     * A panel of C: whole tiles first, in a loop that knows no other, then those that stick out.
     *
     * @param add whether to what is there
     * @param spills whether a tile may write over what is behind it, which later ones write again
     */
    private static void addPanel(
            int m,
            int used,
            int width,
            int depth,
            float[] a,
            int from,
            int rowStride,
            int colStride,
            float[] b,
            int panel,
            float[] c,
            int to,
            int n,
            boolean add,
            boolean spills,
            float[] scratch) {
        boolean wide = width == WIDTH;
        int height = wide ? VectorKernel.ROWS : VectorKernel.NARROW_ROWS;
        int whole = used == width ? m - m % height : spills ? spilling(m, n, height, width - used) : 0;
        float[] sums = add ? c : ZEROS;
        int step = add ? n : 0;
        if (wide) {
            wideTiles(whole, depth, a, from, rowStride, colStride, b, panel, sums, add ? to : 0, step, c, to, n);
        } else {
            narrowTiles(whole, depth, a, from, rowStride, colStride, b, panel, sums, add ? to : 0, step, c, to, n);
        }
        for (int i = whole; i < m; i += height) {
            int rows = Math.min(height, m - i);
            int at = to + i * n;
            for (int r = 0; add && r < rows; r++) {
                System.arraycopy(c, at + r * n, scratch, r * width, used);
            }
            float[] start = add ? scratch : ZEROS;
            int row = from + i * rowStride;
            partialTile(
                    wide, rows, depth, a, row, rowStride, colStride, b, panel, start, add ? width : 0, scratch, width);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(scratch, r * width, c, at + r * n, used);
            }
        }
    }

    /** Rows whose tiles write no further beyond their columns than to what later rows write. */
    private static int spilling(int m, int n, int height, int beyond) {
        int rows = m - (beyond + n - 1) / n;
        return Math.max(0, rows - rows % height);
    }

    /** Rows of C, a multiple of a tile's, two vectors wide. */
    private static void wideTiles(
            int m,
            int depth,
            float[] a,
            int from,
            int rowStride,
            int colStride,
            float[] b,
            int panel,
            float[] s,
            int first,
            int step,
            float[] c,
            int to,
            int n) {
        for (int i = 0; i < m; i += VectorKernel.ROWS) {
            int row = from + i * rowStride;
            int start = first + i * step;
            int at = to + i * n;
            if (VectorKernel.ROWS == 6) {
                VectorKernel.sixByTwo(depth, 6, a, row, rowStride, colStride, b, panel, s, start, step, c, at, n);
            } else {
                VectorKernel.eightByTwo(depth, 8, a, row, rowStride, colStride, b, panel, s, start, step, c, at, n);
            }
        }
    }

    /** Rows of C, a multiple of a tile's, one vector wide. */
    private static void narrowTiles(
            int m,
            int depth,
            float[] a,
            int from,
            int rowStride,
            int colStride,
            float[] b,
            int panel,
            float[] s,
            int first,
            int step,
            float[] c,
            int to,
            int n) {
        for (int i = 0; i < m; i += VectorKernel.NARROW_ROWS) {
            int row = from + i * rowStride;
            int start = first + i * step;
            VectorKernel.eightByOne(depth, 8, a, row, rowStride, colStride, b, panel, s, start, step, c, to + i * n, n);
        }
    }

    /** A tile in scratch. */
    private static void partialTile(
            boolean wide,
            int rows,
            int depth,
            float[] a,
            int row,
            int rowStride,
            int colStride,
            float[] b,
            int panel,
            float[] s,
            int step,
            float[] c,
            int n) {
        if (rows == 1 && wide) {
            VectorKernel.oneByTwo(depth, a, row, colStride, b, panel, s, 0, c, 0);
        } else if (rows == 1) {
            VectorKernel.oneByOne(depth, a, row, colStride, b, panel, s, 0, c, 0);
        } else if (!wide) {
            VectorKernel.eightByOne(depth, rows, a, row, rowStride, colStride, b, panel, s, 0, step, c, 0, n);
        } else if (VectorKernel.ROWS == 6) {
            VectorKernel.sixByTwo(depth, rows, a, row, rowStride, colStride, b, panel, s, 0, step, c, 0, n);
        } else {
            VectorKernel.eightByTwo(depth, rows, a, row, rowStride, colStride, b, panel, s, 0, step, c, 0, n);
        }
    }
}
