package io.sparknn.tensor;

/** {@code y = a · b} element by element; {@code da = dy · b}, {@code db = dy · a}. */
final class Mul extends Binary {
    @Override
    String name() {
        return "mul";
    }

    @Override
    void forward(int n, float[] a, float[] b, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] * b[i];
        }
    }

    @Override
    void backwardLeft(int n, float[] a, float[] b, float[] y, float[] gy, float[] ga) {
        for (int i = 0; i < n; i++) {
            ga[i] += gy[i] * b[i];
        }
    }

    @Override
    void backwardRight(int n, float[] a, float[] b, float[] y, float[] gy, float[] gb) {
        for (int i = 0; i < n; i++) {
            gb[i] += gy[i] * a[i];
        }
    }
}
