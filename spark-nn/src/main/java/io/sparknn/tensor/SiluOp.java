package io.sparknn.tensor;

/** {@code y = x · s} with {@code s = sigmoid(x)}; {@code dx = dy · s · (1 + x · (1 - s))}. */
final class SiluOp extends Unary {
    @Override
    String name() {
        return "silu";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        FloatMath.sigmoid(n, x, y);
        for (int i = 0; i < n; i++) {
            y[i] *= x[i];
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        float[] s = Pass.current().allocate(n);
        FloatMath.sigmoid(n, x, s);
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * (s[i] * (1f + x[i] * (1f - s[i])));
        }
    }
}
