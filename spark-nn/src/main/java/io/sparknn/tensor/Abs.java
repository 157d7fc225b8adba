package io.sparknn.tensor;

/** {@code y = |x|}; {@code dx = dy · sign(x)}, 0 at 0. */
final class Abs extends Unary {
    @Override
    String name() {
        return "abs";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.abs(x[i]);
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * Math.signum(x[i]);
        }
    }
}
