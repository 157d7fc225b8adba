package io.sparknn.tensor;

/** {@code y = 1} where a is equal to b, 0 elsewhere. */
final class Equal extends Comparison {
    @Override
    String name() {
        return "eq";
    }

    @Override
    void forward(int n, float[] a, float[] b, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] == b[i] ? 1f : 0f;
        }
    }
}
