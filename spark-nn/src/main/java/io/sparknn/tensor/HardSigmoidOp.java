package io.sparknn.tensor;

/** {@code y = min(max(x + 3, 0), 6) / 6}; {@code dx = dy / 6 where -3 < x < 3}. */
final class HardSigmoidOp extends Unary {
    @Override
    String name() {
        return "hardSigmoid";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.min(Math.max(x[i] + 3f, 0f), 6f) / 6f;
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] += x[i] > -3f && x[i] < 3f ? gy[i] / 6f : 0f;
        }
    }
}
