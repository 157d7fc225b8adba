package io.sparknn.tensor;

/**
 * {@code y = x · min(max(x + 3, 0), 6) / 6}; {@code dx = dy · (x / 3 + 1/2) where -3 <= x <= 3}, dy above and 0 below.
 */
final class HardSwishOp extends Unary {
    @Override
    String name() {
        return "hardSwish";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] * Math.min(Math.max(x[i] + 3f, 0f), 6f) / 6f;
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            float slope = x[i] > 3f ? 1f : x[i] / 3f + 0.5f;
            gx[i] += x[i] < -3f ? 0f : gy[i] * slope;
        }
    }
}
