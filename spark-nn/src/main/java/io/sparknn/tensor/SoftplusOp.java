package io.sparknn.tensor;

/**
 * {@code y = ln(1 + e^(beta · x)) / beta}, and x itself where {@code beta · x > threshold};
 * {@code dx = dy · sigmoid(beta · x)}, there dy.
 */
final class SoftplusOp extends Unary {
    private final float beta;
    private final float threshold;

    SoftplusOp(double beta, double threshold) {
        if (!(beta > 0)) {
            throw new IllegalArgumentException("softplus expects a beta above 0, got " + beta);
        }
        this.beta = (float) beta;
        this.threshold = (float) threshold;
    }

    @Override
    void describe(Note note) {
        note.number("beta", beta).number("threshold", threshold);
    }

    @Override
    String name() {
        return "softplus";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = -Math.abs(beta * x[i]);
        }
        FloatMath.exp(n, y, y);
        FloatMath.log1p(n, y, y);
        for (int i = 0; i < n; i++) {
            float z = beta * x[i];
            y[i] = z > threshold ? x[i] : (Math.max(z, 0f) + y[i]) / beta;
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        float[] slope = Pass.current().allocate(n);
        for (int i = 0; i < n; i++) {
            slope[i] = beta * x[i];
        }
        FloatMath.sigmoid(n, slope, slope);
        for (int i = 0; i < n; i++) {
            gx[i] += beta * x[i] > threshold ? gy[i] : gy[i] * slope[i];
        }
    }
}
