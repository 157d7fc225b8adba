package io.sparknn.tensor;

/** {@code y = 1} where a is not equal to b, 0 elsewhere. NaN is not equal to anything, itself included. */
final class NotEqual extends Comparison {
    @Override
    String name() {
        return "ne";
    }

    @Override
    void forward(int n, float[] a, float[] b, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] != b[i] ? 1f : 0f;
        }
    }
}
