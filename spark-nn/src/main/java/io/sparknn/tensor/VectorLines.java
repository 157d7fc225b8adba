package io.sparknn.tensor;

import jdk.incubator.vector.FloatVector;

/** {@link Lines} by the Vector API. */
final class VectorLines extends Lines {
    private static final int LANES = VectorKernel.LANES;

    /** Proves that the Vector API of this JVM is the one compiled against. */
    VectorLines() {
        float[] to = new float[LANES + 1];
        add(LANES + 1, new float[LANES + 1], 0, to, 0);
        max(LANES + 1, new float[LANES + 1], 0, to, 0);
    }

    @Override
    void add(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector x = FloatVector.fromArray(VectorKernel.SPECIES, from, fromOffset + i);
            FloatVector y = FloatVector.fromArray(VectorKernel.SPECIES, to, toOffset + i);
            y.add(x).intoArray(to, toOffset + i);
        }
        for (; i < n; i++) {
            to[toOffset + i] += from[fromOffset + i];
        }
    }

    @Override
    void max(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector x = FloatVector.fromArray(VectorKernel.SPECIES, from, fromOffset + i);
            FloatVector y = FloatVector.fromArray(VectorKernel.SPECIES, to, toOffset + i);
            y.max(x).intoArray(to, toOffset + i);
        }
        for (; i < n; i++) {
            to[toOffset + i] = Math.max(to[toOffset + i], from[fromOffset + i]);
        }
    }
}
