package io.sparknn.tensor;

/** {@code y = tanh(x)}; {@code dx = dy · (1 - y²)}. */
final class TanhOp extends Unary {
    @Override
    String name() {
        return "tanh";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        FloatMath.tanh(n, x, y);
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * (1f - y[i] * y[i]);
        }
    }
}
