package io.sparknn.tensor;

/** {@code y = max(a, b)}, NaN if one is; its gradient goes to the larger one, in halves where they are equal. */
final class Maximum extends Binary {
    @Override
    String name() {
        return "maximum";
    }

    @Override
    void forward(int n, float[] a, float[] b, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(a[i], b[i]);
        }
    }

    @Override
    void backwardLeft(int n, float[] a, float[] b, float[] y, float[] gy, float[] ga) {
        for (int i = 0; i < n; i++) {
            ga[i] += a[i] < b[i] ? 0f : a[i] == b[i] ? gy[i] / 2 : gy[i];
        }
    }

    @Override
    void backwardRight(int n, float[] a, float[] b, float[] y, float[] gy, float[] gb) {
        for (int i = 0; i < n; i++) {
            gb[i] += b[i] < a[i] ? 0f : a[i] == b[i] ? gy[i] / 2 : gy[i];
        }
    }
}
