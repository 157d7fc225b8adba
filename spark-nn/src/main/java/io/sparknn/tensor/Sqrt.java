package io.sparknn.tensor;

/** {@code y = √x}, rounded correctly; {@code dx = dy / (2 y)}, infinite at 0. */
final class Sqrt extends Unary {
    @Override
    String name() {
        return "sqrt";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = (float) Math.sqrt(x[i]);
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] / (2 * y[i]);
        }
    }
}
