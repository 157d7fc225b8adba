package io.sparknn.tensor;

/**
 * {@code y = x · Φ(x)} with {@code Φ(x) = (1 + erf(x / √2)) / 2}; {@code dx = dy · (Φ(x) + x · φ(x))} with the normal
 * density {@code φ(x) = e^(-x²/2) / √(2π)}.
 */
final class GeluOp extends Unary {
    private static final float SQRT_HALF = 0.70710678f;
    private static final float DENSITY_AT_0 = 0.39894228f;

    @Override
    String name() {
        return "gelu";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] * SQRT_HALF;
        }
        FloatMath.erf(n, y, y);
        for (int i = 0; i < n; i++) {
            y[i] = x[i] * (0.5f * (1f + y[i]));
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        float[] scratch = Pass.current().allocate(n);
        for (int i = 0; i < n; i++) {
            scratch[i] = x[i] * SQRT_HALF;
        }
        FloatMath.erf(n, scratch, scratch);
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * (0.5f * (1f + scratch[i]));
        }
        for (int i = 0; i < n; i++) {
            scratch[i] = -0.5f * x[i] * x[i];
        }
        FloatMath.exp(n, scratch, scratch);
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * (x[i] * (DENSITY_AT_0 * scratch[i]));
        }
    }
}
