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

    @Override
    void copy(int lines, int n, float[] from, int fromOffset, int pitch, float[] to, int toOffset) {
        for (int line = 0; line < lines; line++) {
            System.arraycopy(from, fromOffset + line * pitch, to, toOffset + line * n, n);
        }
    }

    @Override
    void add(int lines, int n, float[] from, int fromOffset, float[] to, int toOffset, int pitch) {
        for (int line = 0; line < lines; line++) {
            add(n, from, fromOffset + line * n, to, toOffset + line * pitch);
        }
    }
}
