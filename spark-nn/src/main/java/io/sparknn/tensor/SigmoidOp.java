package io.sparknn.tensor;

/** {@code y = 1 / (1 + e^-x)}; {@code dx = dy · y · (1 - y)}. */
final class SigmoidOp extends Unary {
    @Override
    String name() {
        return "sigmoid";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        FloatMath.sigmoid(n, x, y);
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * (y[i] * (1f - y[i]));
        }
    }
}
