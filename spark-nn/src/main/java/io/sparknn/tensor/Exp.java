package io.sparknn.tensor;

/** {@code y = e^x}; {@code dx = dy · y}. */
final class Exp extends Unary {
    @Override
    String name() {
        return "exp";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        FloatMath.exp(n, x, y);
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * y[i];
        }
    }
}
