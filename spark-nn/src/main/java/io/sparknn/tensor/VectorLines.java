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
        copy(1, 1, new float[LANES], 0, 1, to, 0);
        add(1, 1, new float[LANES], 0, to, 0, 1);
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

    /** The end of a line by fours: vectors would overlap those just written, and wait for them. */
    @Override
    void copy(int lines, int n, float[] from, int fromOffset, int pitch, float[] to, int toOffset) {
        int whole = n / LANES * LANES;
        for (int line = 0; line < lines; line++) {
            int source = fromOffset + line * pitch;
            int target = toOffset + line * n;
            for (int i = 0; i < whole; i += LANES) {
                FloatVector.fromArray(VectorKernel.SPECIES, from, source + i).intoArray(to, target + i);
            }
            copyRest(n - whole, from, source + whole, to, target + whole);
        }
    }

    private static void copyRest(int n, float[] from, int source, float[] to, int target) {
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            float x0 = from[source + i];
            float x1 = from[source + i + 1];
            float x2 = from[source + i + 2];
            float x3 = from[source + i + 3];
            to[target + i] = x0;
            to[target + i + 1] = x1;
            to[target + i + 2] = x2;
            to[target + i + 3] = x3;
        }
        for (; i < n; i++) {
            to[target + i] = from[source + i];
        }
    }

    @Override
    void add(int lines, int n, float[] from, int fromOffset, float[] to, int toOffset, int pitch) {
        int whole = n / LANES * LANES;
        for (int line = 0; line < lines; line++) {
            int source = fromOffset + line * n;
            int target = toOffset + line * pitch;
            for (int i = 0; i < whole; i += LANES) {
                FloatVector x = FloatVector.fromArray(VectorKernel.SPECIES, from, source + i);
                FloatVector y = FloatVector.fromArray(VectorKernel.SPECIES, to, target + i);
                y.add(x).intoArray(to, target + i);
            }
            addRest(n - whole, from, source + whole, to, target + whole);
        }
    }

    private static void addRest(int n, float[] from, int source, float[] to, int target) {
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            float x0 = to[target + i] + from[source + i];
            float x1 = to[target + i + 1] + from[source + i + 1];
            float x2 = to[target + i + 2] + from[source + i + 2];
            float x3 = to[target + i + 3] + from[source + i + 3];
            to[target + i] = x0;
            to[target + i + 1] = x1;
            to[target + i + 2] = x2;
            to[target + i + 3] = x3;
        }
        for (; i < n; i++) {
            to[target + i] += from[source + i];
        }
    }
}
