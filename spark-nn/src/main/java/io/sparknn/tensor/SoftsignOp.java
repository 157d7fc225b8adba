package io.sparknn.tensor;

/** {@code y = x / (1 + |x|)}; {@code dx = dy / (1 + |x|)²}. */
final class SoftsignOp extends Unary {
    @Override
    String name() {
        return "softsign";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] / (1f + Math.abs(x[i]));
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            float z = 1f + Math.abs(x[i]);
            gx[i] += gy[i] / (z * z);
        }
    }
}
