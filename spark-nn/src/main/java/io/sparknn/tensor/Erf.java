package io.sparknn.tensor;

/** {@code y = erf(x)}, the error function; {@code dx = dy · 2 / √π · e^(-x²)}. */
final class Erf extends Unary {
    private static final float SLOPE_AT_0 = 1.1283792f;

    @Override
    String name() {
        return "erf";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        FloatMath.erf(n, x, y);
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        float[] slope = Pass.current().allocate(n);
        for (int i = 0; i < n; i++) {
            slope[i] = -x[i] * x[i];
        }
        FloatMath.exp(n, slope, slope);
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * (SLOPE_AT_0 * slope[i]);
        }
    }
}
