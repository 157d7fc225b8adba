package io.sparknn.tensor;

/** {@link Lines} in plain Java. */
final class PlainLines extends Lines {
    @Override
    void add(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        for (int i = 0; i < n; i++) {
            to[toOffset + i] += from[fromOffset + i];
        }
    }

    @Override
    void max(int n, float[] from, int fromOffset, float[] to, int toOffset) {
        for (int i = 0; i < n; i++) {
            to[toOffset + i] = Math.max(to[toOffset + i], from[fromOffset + i]);
        }
    }
}
