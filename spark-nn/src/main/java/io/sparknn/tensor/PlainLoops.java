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
}
