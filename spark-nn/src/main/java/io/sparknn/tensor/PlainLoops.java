package io.sparknn.tensor;

/** {@link FloatLoops} in plain Java, one element after the other. */
final class PlainLoops extends FloatLoops {
    @Override
    void exp(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.exp(x[i]);
        }
    }

    @Override
    void expm1(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.expm1(x[i]);
        }
    }

    @Override
    void log(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.log(x[i]);
        }
    }

    @Override
    void log1p(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.log1p(x[i]);
        }
    }

    @Override
    void tanh(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.tanh(x[i]);
        }
    }

    @Override
    void sigmoid(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.sigmoid(x[i]);
        }
    }

    @Override
    void erf(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.erf(x[i]);
        }
    }

    /** A value is not finite if its exponent is all ones; adding one to that carries into the sign. */
    @Override
    boolean allFinite(int from, int n, float[] x) {
        int carries = 0;
        for (int i = from; i < from + n; i++) {
            carries |= (Float.floatToRawIntBits(x[i]) & 0x7F800000) + 0x00800000;
        }
        return carries >= 0;
    }
}
