package io.sparknn.tensor;

/** {@code y = ln x}; {@code dx = dy / x}. */
final class Log extends Unary {
    @Override
    String name() {
        return "log";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        FloatMath.log(n, x, y);
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] / x[i];
        }
    }
}
