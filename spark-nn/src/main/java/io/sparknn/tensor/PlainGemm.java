package io.sparknn.tensor;

import java.util.Arrays;

/**
 * The matrix product in plain Java that C2 turns into vector code.
 *
 * <p>B is kept as one array per row and block of columns, so that the inner loop reads every array from index 0; four
 * rows of B at a time, because longer bodies stay scalar on JDK 17. On a processor without fused multiply-add
 * {@link Math#fma(float, float, float)} falls back to BigDecimal: right, and slower by a factor of a thousand.
 */
final class PlainGemm extends Gemm {
    /** Columns of a block at most. */
    private static final int WIDTH = 512;

    /** Below this many columns a row is too short for vector code; B is kept by columns and C is built two by four. */
    private static final int NARROW = 16;

    /** Floats of B that stay in the first-level cache while the rows of A pass by. */
    private static final int CACHED = 6144;

    /** Floats that products of several shapes may keep for all of them. */
    private static final int SHARED = 1 << 18;

    @Override
    String name() {
        return "plain";
    }

    @Override
    float[][] fill(float[][] parts, int k, int n, float[] b, int offset, int rowStride, int colStride) {
        if (n < NARROW) {
            return fillColumns(parts, k, n, b, offset, rowStride, colStride);
        }
        int width = Math.min(WIDTH, n);
        int blocks = (n + width - 1) / width;
        float[][] rows = parts;
        if (rows.length < blocks * k || (rows.length > 0 && rows[0].length < width)) {
            rows = larger(parts, Math.multiplyExact(blocks, k), width);
        }
        for (int block = 0; block < blocks; block++) {
            int from = offset + block * width * colStride;
            int columns = Math.min(width, n - block * width);
            if (colStride == 1) {
                for (int p = 0; p < k; p++) {
                    System.arraycopy(b, from + p * rowStride, rows[block * k + p], 0, columns);
                }
            } else {
                transpose(rows, block * k, k, columns, b, from, rowStride, colStride);
            }
        }
        return rows;
    }

    /**
     * New arrays in place of those that are too few or too short. As many and as long as the old ones, unless that is much
     * more than what is needed: products that take turns would have new ones each time.
     */
    private static float[][] larger(float[][] parts, int count, int length) {
        int more = Math.max(count, parts.length);
        int longer = parts.length == 0 ? length : Math.max(length, parts[0].length);
        boolean isModest = (long) more * longer <= Math.max(SHARED, 2L * count * length);
        return isModest ? new float[more][longer] : new float[count][length];
    }

    /** Columns, with zeros up to a multiple of four. */
    private static float[][] fillColumns(
            float[][] parts, int k, int n, float[] b, int offset, int rowStride, int colStride) {
        int padded = (n + 3) / 4 * 4;
        float[][] columns = parts;
        if (columns.length < padded || (padded > 0 && columns[0].length < k)) {
            columns = larger(parts, padded, k);
        }
        for (int j = 0; j < n; j++) {
            for (int p = 0; p < k; p++) {
                columns[j][p] = b[offset + p * rowStride + j * colStride];
            }
        }
        for (int j = n; j < padded; j++) {
            Arrays.fill(columns[j], 0f);
        }
        return columns;
    }

    /** Sixteen rows at a time: the cache lines written stay near while b is read along its rows. */
    private static void transpose(
            float[][] rows, int first, int k, int columns, float[] b, int from, int rowStride, int colStride) {
        for (int start = 0; start < k; start += 16) {
            int end = Math.min(k, start + 16);
            for (int j = 0; j < columns; j++) {
                for (int p = start; p < end; p++) {
                    rows[first + p][j] = b[from + p * rowStride + j * colStride];
                }
            }
        }
    }

    @Override
    boolean addSparse(int[] places, float[] values, int from, int to, PackedMatrix b, float[] sums) {
        if (b.n < NARROW || b.n > WIDTH) {
            return false;
        }
        Arrays.fill(sums, 0, b.n, 0f);
        for (int i = from; i < to; i++) {
            addRow(b.n, values[i], b.parts[places[i]], sums);
        }
        return hasNoZero(sums, 0, b.n);
    }

    private static void addRow(int n, float a, float[] b, float[] sums) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(a, b[j], sums[j]);
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
        if (!accumulate) {
            Arrays.fill(c, cOffset, cOffset + m * n, 0f);
        }
        if (n < NARROW) {
            addNarrow(m, n, k, a, aOffset, rowStride, colStride, parts, c, cOffset);
            return;
        }
        int width = Math.min(WIDTH, n);
        int depth = Math.max(16, CACHED / width / 4 * 4);
        float[] sums = scratch(WIDTH);
        for (int block = 0, column = 0; column < n; block++, column += width) {
            int columns = Math.min(width, n - column);
            for (int start = 0; start < k; start += depth) {
                int end = Math.min(k, start + depth);
                for (int i = 0; i < m; i++) {
                    int at = cOffset + i * n + column;
                    System.arraycopy(c, at, sums, 0, columns);
                    addRow(
                            columns,
                            a,
                            aOffset + i * rowStride + start * colStride,
                            colStride,
                            parts,
                            block * k + start,
                            end - start,
                            sums);
                    System.arraycopy(sums, 0, c, at, columns);
                }
            }
        }
    }

    private static void addRow(
            int n, float[] a, int from, int stride, float[][] rows, int first, int count, float[] sums) {
        int at = from;
        int p = first;
        for (int end = first + count; p < end; ) {
            if (p + 4 <= end) {
                float a0 = a[at];
                float a1 = a[at + stride];
                float a2 = a[at + 2 * stride];
                float a3 = a[at + 3 * stride];
                addFour(n, a0, a1, a2, a3, rows[p], rows[p + 1], rows[p + 2], rows[p + 3], sums);
                p += 4;
                at += 4 * stride;
            } else {
                addOne(n, a[at], rows[p], sums);
                p++;
                at += stride;
            }
        }
    }

    static void addFour(
            int n,
            float a0,
            float a1,
            float a2,
            float a3,
            float[] b0,
            float[] b1,
            float[] b2,
            float[] b3,
            float[] sums) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]))));
        }
    }

    static void addOne(int n, float a0, float[] b0, float[] sums) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(a0, b0[j], sums[j]);
        }
    }

    private static void addNarrow(
            int m,
            int n,
            int k,
            float[] a,
            int aOffset,
            int rowStride,
            int colStride,
            float[][] columns,
            float[] c,
            int cOffset) {
        float[] sums = scratch(WIDTH);
        for (int i = 0; i < m; i += 2) {
            // an odd last row is computed twice
            int second = Math.min(i + 1, m - 1);
            int row = aOffset + i * rowStride;
            int secondRow = aOffset + second * rowStride;
            for (int j = 0; j < n; j += 4) {
                int used = Math.min(4, n - j);
                int at = cOffset + i * n + j;
                int secondAt = cOffset + second * n + j;
                System.arraycopy(c, at, sums, 0, used);
                System.arraycopy(c, secondAt, sums, 4, used);
                addTwoByFour(k, a, row, secondRow, colStride, columns, j, sums);
                System.arraycopy(sums, 4, c, secondAt, used);
                System.arraycopy(sums, 0, c, at, used);
            }
        }
    }

    private static void addTwoByFour(
            int k, float[] a, int row, int secondRow, int stride, float[][] columns, int first, float[] sums) {
        float[] b0 = columns[first];
        float[] b1 = columns[first + 1];
        float[] b2 = columns[first + 2];
        float[] b3 = columns[first + 3];
        float c0 = sums[0];
        float c1 = sums[1];
        float c2 = sums[2];
        float c3 = sums[3];
        float d0 = sums[4];
        float d1 = sums[5];
        float d2 = sums[6];
        float d3 = sums[7];
        for (int p = 0, at = row, secondAt = secondRow; p < k; p++, at += stride, secondAt += stride) {
            float x = a[at];
            float y = a[secondAt];
            c0 = Math.fma(x, b0[p], c0);
            c1 = Math.fma(x, b1[p], c1);
            c2 = Math.fma(x, b2[p], c2);
            c3 = Math.fma(x, b3[p], c3);
            d0 = Math.fma(y, b0[p], d0);
            d1 = Math.fma(y, b1[p], d1);
            d2 = Math.fma(y, b2[p], d2);
            d3 = Math.fma(y, b3[p], d3);
        }
        sums[0] = c0;
        sums[1] = c1;
        sums[2] = c2;
        sums[3] = c3;
        sums[4] = d0;
        sums[5] = d1;
        sums[6] = d2;
        sums[7] = d3;
    }
}
