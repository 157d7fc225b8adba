package io.sparknn.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One row of the product by few values of a row of A: of {@link VectorGemm}'s panels of B only the rows at their places
 * are read. Four accumulators, as each is one chain; none of the loops may begin with anything but zeros.
 */
final class VectorSparseKernel {
    private static final VectorSpecies<Float> SPECIES = VectorKernel.SPECIES;
    private static final int LANES = VectorKernel.LANES;
    private static final int WIDTH = 2 * LANES;

    private VectorSparseKernel() {}

    /** Two panels of two vectors; whether none of the used sums is 0. */
    static boolean twoPanels(
            int[] places, float[] values, int from, int to, float[] b, int first, int second, float[] sums, int at) {
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector c2 = FloatVector.zero(SPECIES);
        FloatVector c3 = FloatVector.zero(SPECIES);
        for (int i = from; i < to; i++) {
            int row = places[i] * WIDTH;
            FloatVector a = FloatVector.broadcast(SPECIES, values[i]);
            c0 = a.fma(FloatVector.fromArray(SPECIES, b, first + row), c0);
            c1 = a.fma(FloatVector.fromArray(SPECIES, b, first + row + LANES), c1);
            c2 = a.fma(FloatVector.fromArray(SPECIES, b, second + row), c2);
            c3 = a.fma(FloatVector.fromArray(SPECIES, b, second + row + LANES), c3);
        }
        c0.intoArray(sums, at);
        c1.intoArray(sums, at + LANES);
        c2.intoArray(sums, at + WIDTH);
        c3.intoArray(sums, at + WIDTH + LANES);
        VectorMask<Float> zeros = c0.compare(VectorOperators.EQ, 0f)
                .or(c1.compare(VectorOperators.EQ, 0f))
                .or(c2.compare(VectorOperators.EQ, 0f))
                .or(c3.compare(VectorOperators.EQ, 0f));
        return !zeros.anyTrue();
    }

    /** A panel of two vectors. */
    static void twoVectors(int[] places, float[] values, int from, int to, float[] b, int panel, float[] sums, int at) {
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        for (int i = from; i < to; i++) {
            int row = panel + places[i] * WIDTH;
            FloatVector a = FloatVector.broadcast(SPECIES, values[i]);
            c0 = a.fma(FloatVector.fromArray(SPECIES, b, row), c0);
            c1 = a.fma(FloatVector.fromArray(SPECIES, b, row + LANES), c1);
        }
        c0.intoArray(sums, at);
        c1.intoArray(sums, at + LANES);
    }

    /** A panel of one vector. */
    static void oneVector(int[] places, float[] values, int from, int to, float[] b, int panel, float[] sums, int at) {
        FloatVector c0 = FloatVector.zero(SPECIES);
        for (int i = from; i < to; i++) {
            FloatVector a = FloatVector.broadcast(SPECIES, values[i]);
            c0 = a.fma(FloatVector.fromArray(SPECIES, b, panel + places[i] * LANES), c0);
        }
        c0.intoArray(sums, at);
    }
}
