package io.sparknn.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Choices} by the Vector API, with the same results; the last elements, too few for a vector, one by one. */
final class VectorChoices extends Choices {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_MAX;
    private static final int LANES = SPECIES.length();

    /** Proves that the Vector API of this JVM is the one compiled against. */
    VectorChoices() {
        float[] probe = new float[LANES];
        addWhereNotZero(LANES, probe, probe, probe);
        atLeast(LANES, probe, probe, probe);
    }

    @Override
    void addWhereNotZero(int n, float[] x, float[] g, float[] sum) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            FloatVector zero = FloatVector.zero(SPECIES);
            FloatVector added = zero.blend(
                    FloatVector.fromArray(SPECIES, g, i),
                    FloatVector.fromArray(SPECIES, x, i).compare(VectorOperators.NE, zero));
            FloatVector.fromArray(SPECIES, sum, i).add(added).intoArray(sum, i);
        }
        for (; i < n; i++) {
            sum[i] += x[i] != 0 ? g[i] : 0f;
        }
    }

    @Override
    void atLeast(int n, float[] a, float[] b, float[] y) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            FloatVector left = FloatVector.fromArray(SPECIES, a, i);
            FloatVector right = FloatVector.fromArray(SPECIES, b, i);
            FloatVector.zero(SPECIES)
                    .blend(1f, left.compare(VectorOperators.GE, right))
                    .intoArray(y, i);
        }
        for (; i < n; i++) {
            y[i] = a[i] >= b[i] ? 1f : 0f;
        }
    }

    @Override
    void above(int n, float[] a, float[] b, float[] y) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            FloatVector left = FloatVector.fromArray(SPECIES, a, i);
            FloatVector right = FloatVector.fromArray(SPECIES, b, i);
            FloatVector.zero(SPECIES)
                    .blend(1f, left.compare(VectorOperators.GT, right))
                    .intoArray(y, i);
        }
        for (; i < n; i++) {
            y[i] = a[i] > b[i] ? 1f : 0f;
        }
    }
}
