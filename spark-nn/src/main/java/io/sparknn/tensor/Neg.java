package io.sparknn.tensor;

/** {@code y = -x}; {@code dx = -dy}. */
final class Neg extends Unary {
    @Override
    String name() {
        return "neg";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = -x[i];
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] -= gy[i];
        }
    }
}
