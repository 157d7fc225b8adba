package io.sparknn.tensor;

/** {@code y = min(a, b)}, NaN if one is; its gradient goes to the smaller one, in halves where they are equal. */
final class Minimum extends Binary {
    @Override
    String name() {
        return "minimum";
    }

    @Override
    void forward(int n, float[] a, float[] b, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.min(a[i], b[i]);
        }
    }

    @Override
    void backwardLeft(int n, float[] a, float[] b, float[] y, float[] gy, float[] ga) {
        for (int i = 0; i < n; i++) {
            ga[i] += a[i] > b[i] ? 0f : a[i] == b[i] ? gy[i] / 2 : gy[i];
        }
    }

    @Override
    void backwardRight(int n, float[] a, float[] b, float[] y, float[] gy, float[] gb) {
        for (int i = 0; i < n; i++) {
            gb[i] += b[i] > a[i] ? 0f : a[i] == b[i] ? gy[i] / 2 : gy[i];
        }
    }
}
