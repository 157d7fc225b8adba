package io.sparknn.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorGemm}: a tile of C plus rows of A times a panel of B.
 *
 * <p>Sums begin with what is in one array and end in another one, or the same: a C that is new need not be filled and
 * loaded first, and zeros are always in the cache.
 *
 * <p>Written out, because C2 keeps only local variables in registers. Only {@link FloatVector#SPECIES_MAX}: with a
 * second species in the JVM (MLlib's BLAS uses this one) the calls stop being inlined and the product is 15 times
 * slower. No vector depends on a condition, which would put it on the heap. Places are products of the loop's own index:
 * C2 then proves those in B to be within it once for a loop, and counts one index in place of nine.
 */
final class VectorKernel {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_MAX;
    static final int LANES = SPECIES.length();
    /**
     * Rows of a tile two vectors wide. Its sums fill the registers: AVX2, the one with vectors of eight, has 16 of them,
     * AVX-512 and ARM have 32; with eight rows on AVX2 the sums go through memory and the product is three times slower.
     */
    static final int ROWS = LANES == 8 ? 6 : 8;

    /** Rows of a tile one vector wide. */
    static final int NARROW_ROWS = 8;

    private VectorKernel() {}

    /** Eight rows by two vectors; with fewer rows of A the last is repeated, C has eight all the same. */
    static void eightByTwo(
            int depth,
            int rows,
            float[] a,
            int row,
            int rowStride,
            int colStride,
            float[] b,
            int panel,
            float[] s,
            int first,
            int step,
            float[] c,
            int to,
            int stride) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, s, first);
        FloatVector c01 = FloatVector.fromArray(SPECIES, s, first + LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, s, first + step);
        FloatVector c11 = FloatVector.fromArray(SPECIES, s, first + step + LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, s, first + 2 * step);
        FloatVector c21 = FloatVector.fromArray(SPECIES, s, first + 2 * step + LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, s, first + 3 * step);
        FloatVector c31 = FloatVector.fromArray(SPECIES, s, first + 3 * step + LANES);
        FloatVector c40 = FloatVector.fromArray(SPECIES, s, first + 4 * step);
        FloatVector c41 = FloatVector.fromArray(SPECIES, s, first + 4 * step + LANES);
        FloatVector c50 = FloatVector.fromArray(SPECIES, s, first + 5 * step);
        FloatVector c51 = FloatVector.fromArray(SPECIES, s, first + 5 * step + LANES);
        FloatVector c60 = FloatVector.fromArray(SPECIES, s, first + 6 * step);
        FloatVector c61 = FloatVector.fromArray(SPECIES, s, first + 6 * step + LANES);
        FloatVector c70 = FloatVector.fromArray(SPECIES, s, first + 7 * step);
        FloatVector c71 = FloatVector.fromArray(SPECIES, s, first + 7 * step + LANES);
        int a0 = row;
        int a1 = rows > 1 ? a0 + rowStride : a0;
        int a2 = rows > 2 ? a1 + rowStride : a1;
        int a3 = rows > 3 ? a2 + rowStride : a2;
        int a4 = rows > 4 ? a3 + rowStride : a3;
        int a5 = rows > 5 ? a4 + rowStride : a4;
        int a6 = rows > 6 ? a5 + rowStride : a5;
        int a7 = rows > 7 ? a6 + rowStride : a6;
        for (int p = 0; p < depth; p++) {
            int at = panel + p * (2 * LANES);
            int column = p * colStride;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[a0 + column]);
            c00 = v0.fma(b0, c00);
            c01 = v0.fma(b1, c01);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[a1 + column]);
            c10 = v1.fma(b0, c10);
            c11 = v1.fma(b1, c11);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[a2 + column]);
            c20 = v2.fma(b0, c20);
            c21 = v2.fma(b1, c21);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[a3 + column]);
            c30 = v3.fma(b0, c30);
            c31 = v3.fma(b1, c31);
            FloatVector v4 = FloatVector.broadcast(SPECIES, a[a4 + column]);
            c40 = v4.fma(b0, c40);
            c41 = v4.fma(b1, c41);
            FloatVector v5 = FloatVector.broadcast(SPECIES, a[a5 + column]);
            c50 = v5.fma(b0, c50);
            c51 = v5.fma(b1, c51);
            FloatVector v6 = FloatVector.broadcast(SPECIES, a[a6 + column]);
            c60 = v6.fma(b0, c60);
            c61 = v6.fma(b1, c61);
            FloatVector v7 = FloatVector.broadcast(SPECIES, a[a7 + column]);
            c70 = v7.fma(b0, c70);
            c71 = v7.fma(b1, c71);
        }
        c00.intoArray(c, to);
        c01.intoArray(c, to + LANES);
        c10.intoArray(c, to + stride);
        c11.intoArray(c, to + stride + LANES);
        c20.intoArray(c, to + 2 * stride);
        c21.intoArray(c, to + 2 * stride + LANES);
        c30.intoArray(c, to + 3 * stride);
        c31.intoArray(c, to + 3 * stride + LANES);
        c40.intoArray(c, to + 4 * stride);
        c41.intoArray(c, to + 4 * stride + LANES);
        c50.intoArray(c, to + 5 * stride);
        c51.intoArray(c, to + 5 * stride + LANES);
        c60.intoArray(c, to + 6 * stride);
        c61.intoArray(c, to + 6 * stride + LANES);
        c70.intoArray(c, to + 7 * stride);
        c71.intoArray(c, to + 7 * stride + LANES);
    }

    /** Six rows by two vectors, like {@link #eightByTwo}. */
    static void sixByTwo(
            int depth,
            int rows,
            float[] a,
            int row,
            int rowStride,
            int colStride,
            float[] b,
            int panel,
            float[] s,
            int first,
            int step,
            float[] c,
            int to,
            int stride) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, s, first);
        FloatVector c01 = FloatVector.fromArray(SPECIES, s, first + LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, s, first + step);
        FloatVector c11 = FloatVector.fromArray(SPECIES, s, first + step + LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, s, first + 2 * step);
        FloatVector c21 = FloatVector.fromArray(SPECIES, s, first + 2 * step + LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, s, first + 3 * step);
        FloatVector c31 = FloatVector.fromArray(SPECIES, s, first + 3 * step + LANES);
        FloatVector c40 = FloatVector.fromArray(SPECIES, s, first + 4 * step);
        FloatVector c41 = FloatVector.fromArray(SPECIES, s, first + 4 * step + LANES);
        FloatVector c50 = FloatVector.fromArray(SPECIES, s, first + 5 * step);
        FloatVector c51 = FloatVector.fromArray(SPECIES, s, first + 5 * step + LANES);
        int a0 = row;
        int a1 = rows > 1 ? a0 + rowStride : a0;
        int a2 = rows > 2 ? a1 + rowStride : a1;
        int a3 = rows > 3 ? a2 + rowStride : a2;
        int a4 = rows > 4 ? a3 + rowStride : a3;
        int a5 = rows > 5 ? a4 + rowStride : a4;
        for (int p = 0; p < depth; p++) {
            int at = panel + p * (2 * LANES);
            int column = p * colStride;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[a0 + column]);
            c00 = v0.fma(b0, c00);
            c01 = v0.fma(b1, c01);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[a1 + column]);
            c10 = v1.fma(b0, c10);
            c11 = v1.fma(b1, c11);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[a2 + column]);
            c20 = v2.fma(b0, c20);
            c21 = v2.fma(b1, c21);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[a3 + column]);
            c30 = v3.fma(b0, c30);
            c31 = v3.fma(b1, c31);
            FloatVector v4 = FloatVector.broadcast(SPECIES, a[a4 + column]);
            c40 = v4.fma(b0, c40);
            c41 = v4.fma(b1, c41);
            FloatVector v5 = FloatVector.broadcast(SPECIES, a[a5 + column]);
            c50 = v5.fma(b0, c50);
            c51 = v5.fma(b1, c51);
        }
        c00.intoArray(c, to);
        c01.intoArray(c, to + LANES);
        c10.intoArray(c, to + stride);
        c11.intoArray(c, to + stride + LANES);
        c20.intoArray(c, to + 2 * stride);
        c21.intoArray(c, to + 2 * stride + LANES);
        c30.intoArray(c, to + 3 * stride);
        c31.intoArray(c, to + 3 * stride + LANES);
        c40.intoArray(c, to + 4 * stride);
        c41.intoArray(c, to + 4 * stride + LANES);
        c50.intoArray(c, to + 5 * stride);
        c51.intoArray(c, to + 5 * stride + LANES);
    }

    /** Eight rows by one vector, like {@link #eightByTwo}. */
    static void eightByOne(
            int depth,
            int rows,
            float[] a,
            int row,
            int rowStride,
            int colStride,
            float[] b,
            int panel,
            float[] s,
            int first,
            int step,
            float[] c,
            int to,
            int stride) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, s, first);
        FloatVector c10 = FloatVector.fromArray(SPECIES, s, first + step);
        FloatVector c20 = FloatVector.fromArray(SPECIES, s, first + 2 * step);
        FloatVector c30 = FloatVector.fromArray(SPECIES, s, first + 3 * step);
        FloatVector c40 = FloatVector.fromArray(SPECIES, s, first + 4 * step);
        FloatVector c50 = FloatVector.fromArray(SPECIES, s, first + 5 * step);
        FloatVector c60 = FloatVector.fromArray(SPECIES, s, first + 6 * step);
        FloatVector c70 = FloatVector.fromArray(SPECIES, s, first + 7 * step);
        int a0 = row;
        int a1 = rows > 1 ? a0 + rowStride : a0;
        int a2 = rows > 2 ? a1 + rowStride : a1;
        int a3 = rows > 3 ? a2 + rowStride : a2;
        int a4 = rows > 4 ? a3 + rowStride : a3;
        int a5 = rows > 5 ? a4 + rowStride : a4;
        int a6 = rows > 6 ? a5 + rowStride : a5;
        int a7 = rows > 7 ? a6 + rowStride : a6;
        for (int p = 0; p < depth; p++) {
            int at = panel + p * LANES;
            int column = p * colStride;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[a0 + column]);
            c00 = v0.fma(b0, c00);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[a1 + column]);
            c10 = v1.fma(b0, c10);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[a2 + column]);
            c20 = v2.fma(b0, c20);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[a3 + column]);
            c30 = v3.fma(b0, c30);
            FloatVector v4 = FloatVector.broadcast(SPECIES, a[a4 + column]);
            c40 = v4.fma(b0, c40);
            FloatVector v5 = FloatVector.broadcast(SPECIES, a[a5 + column]);
            c50 = v5.fma(b0, c50);
            FloatVector v6 = FloatVector.broadcast(SPECIES, a[a6 + column]);
            c60 = v6.fma(b0, c60);
            FloatVector v7 = FloatVector.broadcast(SPECIES, a[a7 + column]);
            c70 = v7.fma(b0, c70);
        }
        c00.intoArray(c, to);
        c10.intoArray(c, to + stride);
        c20.intoArray(c, to + 2 * stride);
        c30.intoArray(c, to + 3 * stride);
        c40.intoArray(c, to + 4 * stride);
        c50.intoArray(c, to + 5 * stride);
        c60.intoArray(c, to + 6 * stride);
        c70.intoArray(c, to + 7 * stride);
    }

    /** One row by two vectors. */
    static void oneByTwo(
            int depth,
            float[] a,
            int row,
            int colStride,
            float[] b,
            int panel,
            float[] s,
            int first,
            float[] c,
            int to) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, s, first);
        FloatVector c01 = FloatVector.fromArray(SPECIES, s, first + LANES);
        int a0 = row;
        for (int p = 0; p < depth; p++) {
            int at = panel + p * (2 * LANES);
            int column = p * colStride;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[a0 + column]);
            c00 = v0.fma(b0, c00);
            c01 = v0.fma(b1, c01);
        }
        c00.intoArray(c, to);
        c01.intoArray(c, to + LANES);
    }

    /** One row by one vector. */
    static void oneByOne(
            int depth,
            float[] a,
            int row,
            int colStride,
            float[] b,
            int panel,
            float[] s,
            int first,
            float[] c,
            int to) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, s, first);
        int a0 = row;
        for (int p = 0; p < depth; p++) {
            int at = panel + p * LANES;
            int column = p * colStride;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[a0 + column]);
            c00 = v0.fma(b0, c00);
        }
        c00.intoArray(c, to);
    }
}
