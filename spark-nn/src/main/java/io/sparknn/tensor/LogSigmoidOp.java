package io.sparknn.tensor;

/** {@code y = ln(1 / (1 + e^-x)) = min(x, 0) - ln(1 + e^-|x|)}; {@code dx = dy · sigmoid(-x)}. */
final class LogSigmoidOp extends Unary {
    @Override
    String name() {
        return "logSigmoid";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = -Math.abs(x[i]);
        }
        FloatMath.exp(n, y, y);
        FloatMath.log1p(n, y, y);
        for (int i = 0; i < n; i++) {
            y[i] = Math.min(x[i], 0f) - y[i];
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        float[] slope = Pass.current().allocate(n);
        for (int i = 0; i < n; i++) {
            slope[i] = -x[i];
        }
        FloatMath.sigmoid(n, slope, slope);
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * slope[i];
        }
    }
}
