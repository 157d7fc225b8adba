package io.sparknn.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorTableGemm} where the rows of A are packed: those of a tile side by side, column after
 * column, which leaves one index to be counted in place of eight. Written out for the reasons that {@link VectorKernel}
 * gives.
 */
final class VectorPackedKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernel.SPECIES;
    private static final int LANES = VectorKernel.LANES;

    private VectorPackedKernel() {}

    /** Eight rows by two vectors. */
    static void eightByTwo(
            int start,
            int end,
            float[] a,
            int tile,
            float[] b,
            int bOffset,
            int[] bRows,
            float[] c,
            int to,
            int stride) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, to);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, to + LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, to + stride);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, to + stride + LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, to + 2 * stride);
        FloatVector c21 = FloatVector.fromArray(SPECIES, c, to + 2 * stride + LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, to + 3 * stride);
        FloatVector c31 = FloatVector.fromArray(SPECIES, c, to + 3 * stride + LANES);
        FloatVector c40 = FloatVector.fromArray(SPECIES, c, to + 4 * stride);
        FloatVector c41 = FloatVector.fromArray(SPECIES, c, to + 4 * stride + LANES);
        FloatVector c50 = FloatVector.fromArray(SPECIES, c, to + 5 * stride);
        FloatVector c51 = FloatVector.fromArray(SPECIES, c, to + 5 * stride + LANES);
        FloatVector c60 = FloatVector.fromArray(SPECIES, c, to + 6 * stride);
        FloatVector c61 = FloatVector.fromArray(SPECIES, c, to + 6 * stride + LANES);
        FloatVector c70 = FloatVector.fromArray(SPECIES, c, to + 7 * stride);
        FloatVector c71 = FloatVector.fromArray(SPECIES, c, to + 7 * stride + LANES);
        for (int p = start; p < end; p++) {
            int column = tile + p * 8;
            int at = bOffset + bRows[p];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[column]);
            c00 = v0.fma(b0, c00);
            c01 = v0.fma(b1, c01);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[column + 1]);
            c10 = v1.fma(b0, c10);
            c11 = v1.fma(b1, c11);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[column + 2]);
            c20 = v2.fma(b0, c20);
            c21 = v2.fma(b1, c21);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[column + 3]);
            c30 = v3.fma(b0, c30);
            c31 = v3.fma(b1, c31);
            FloatVector v4 = FloatVector.broadcast(SPECIES, a[column + 4]);
            c40 = v4.fma(b0, c40);
            c41 = v4.fma(b1, c41);
            FloatVector v5 = FloatVector.broadcast(SPECIES, a[column + 5]);
            c50 = v5.fma(b0, c50);
            c51 = v5.fma(b1, c51);
            FloatVector v6 = FloatVector.broadcast(SPECIES, a[column + 6]);
            c60 = v6.fma(b0, c60);
            c61 = v6.fma(b1, c61);
            FloatVector v7 = FloatVector.broadcast(SPECIES, a[column + 7]);
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

    /** Eight rows by one vector. */
    static void eightByOne(
            int start,
            int end,
            float[] a,
            int tile,
            float[] b,
            int bOffset,
            int[] bRows,
            float[] c,
            int to,
            int stride) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, to);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, to + stride);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, to + 2 * stride);
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, to + 3 * stride);
        FloatVector c40 = FloatVector.fromArray(SPECIES, c, to + 4 * stride);
        FloatVector c50 = FloatVector.fromArray(SPECIES, c, to + 5 * stride);
        FloatVector c60 = FloatVector.fromArray(SPECIES, c, to + 6 * stride);
        FloatVector c70 = FloatVector.fromArray(SPECIES, c, to + 7 * stride);
        for (int p = start; p < end; p++) {
            int column = tile + p * 8;
            int at = bOffset + bRows[p];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[column]);
            c00 = v0.fma(b0, c00);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[column + 1]);
            c10 = v1.fma(b0, c10);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[column + 2]);
            c20 = v2.fma(b0, c20);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[column + 3]);
            c30 = v3.fma(b0, c30);
            FloatVector v4 = FloatVector.broadcast(SPECIES, a[column + 4]);
            c40 = v4.fma(b0, c40);
            FloatVector v5 = FloatVector.broadcast(SPECIES, a[column + 5]);
            c50 = v5.fma(b0, c50);
            FloatVector v6 = FloatVector.broadcast(SPECIES, a[column + 6]);
            c60 = v6.fma(b0, c60);
            FloatVector v7 = FloatVector.broadcast(SPECIES, a[column + 7]);
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

    /** Six rows by two vectors. */
    static void sixByTwo(
            int start,
            int end,
            float[] a,
            int tile,
            float[] b,
            int bOffset,
            int[] bRows,
            float[] c,
            int to,
            int stride) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, to);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, to + LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, to + stride);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, to + stride + LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, to + 2 * stride);
        FloatVector c21 = FloatVector.fromArray(SPECIES, c, to + 2 * stride + LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, to + 3 * stride);
        FloatVector c31 = FloatVector.fromArray(SPECIES, c, to + 3 * stride + LANES);
        FloatVector c40 = FloatVector.fromArray(SPECIES, c, to + 4 * stride);
        FloatVector c41 = FloatVector.fromArray(SPECIES, c, to + 4 * stride + LANES);
        FloatVector c50 = FloatVector.fromArray(SPECIES, c, to + 5 * stride);
        FloatVector c51 = FloatVector.fromArray(SPECIES, c, to + 5 * stride + LANES);
        for (int p = start; p < end; p++) {
            int column = tile + p * 6;
            int at = bOffset + bRows[p];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[column]);
            c00 = v0.fma(b0, c00);
            c01 = v0.fma(b1, c01);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[column + 1]);
            c10 = v1.fma(b0, c10);
            c11 = v1.fma(b1, c11);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[column + 2]);
            c20 = v2.fma(b0, c20);
            c21 = v2.fma(b1, c21);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[column + 3]);
            c30 = v3.fma(b0, c30);
            c31 = v3.fma(b1, c31);
            FloatVector v4 = FloatVector.broadcast(SPECIES, a[column + 4]);
            c40 = v4.fma(b0, c40);
            c41 = v4.fma(b1, c41);
            FloatVector v5 = FloatVector.broadcast(SPECIES, a[column + 5]);
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

    /** Six rows by one vector. */
    static void sixByOne(
            int start,
            int end,
            float[] a,
            int tile,
            float[] b,
            int bOffset,
            int[] bRows,
            float[] c,
            int to,
            int stride) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, to);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, to + stride);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, to + 2 * stride);
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, to + 3 * stride);
        FloatVector c40 = FloatVector.fromArray(SPECIES, c, to + 4 * stride);
        FloatVector c50 = FloatVector.fromArray(SPECIES, c, to + 5 * stride);
        for (int p = start; p < end; p++) {
            int column = tile + p * 6;
            int at = bOffset + bRows[p];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[column]);
            c00 = v0.fma(b0, c00);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[column + 1]);
            c10 = v1.fma(b0, c10);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[column + 2]);
            c20 = v2.fma(b0, c20);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[column + 3]);
            c30 = v3.fma(b0, c30);
            FloatVector v4 = FloatVector.broadcast(SPECIES, a[column + 4]);
            c40 = v4.fma(b0, c40);
            FloatVector v5 = FloatVector.broadcast(SPECIES, a[column + 5]);
            c50 = v5.fma(b0, c50);
        }
        c00.intoArray(c, to);
        c10.intoArray(c, to + stride);
        c20.intoArray(c, to + 2 * stride);
        c30.intoArray(c, to + 3 * stride);
        c40.intoArray(c, to + 4 * stride);
        c50.intoArray(c, to + 5 * stride);
    }
}
