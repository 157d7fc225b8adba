package io.sparknn.tensor;

/**
 * {@code y = x · tanh(ln(1 + e^x))}.
 *
 * <p>With {@code e = e^x} and {@code n = e · (e + 2)} that is {@code x · n / (n + 2)}, which loses no digits for very
 * negative x; {@code dx = dy · (n / (n + 2) + x · 4 e (e + 1) / (n + 2)²)}. Beyond {@link #LINEAR} the fraction is 1 as a
 * float.
 */
final class MishOp extends Unary {
    private static final float LINEAR = 20f;

    @Override
    String name() {
        return "mish";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        FloatMath.exp(n, x, y);
        for (int i = 0; i < n; i++) {
            float p = y[i] * (y[i] + 2f);
            y[i] = x[i] > LINEAR ? x[i] : x[i] * (p / (p + 2f));
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        float[] e = Pass.current().allocate(n);
        FloatMath.exp(n, x, e);
        for (int i = 0; i < n; i++) {
            float p = e[i] * (e[i] + 2f);
            float q = p + 2f;
            float slope = p / q + x[i] * (4f * (e[i] / q) * ((e[i] + 1f) / q));
            gx[i] += x[i] > LINEAR ? gy[i] : gy[i] * slope;
        }
    }
}
