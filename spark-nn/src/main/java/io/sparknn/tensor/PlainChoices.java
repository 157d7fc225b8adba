package io.sparknn.tensor;

/** {@link Choices} by the bits of floats: C2 has no conditional move for floats, but for integers it has. */
final class PlainChoices extends Choices {
    private static final int ONE = Float.floatToRawIntBits(1f);

    @Override
    void addWhereNotZero(int n, float[] x, float[] g, float[] sum) {
        for (int i = 0; i < n; i++) {
            int magnitude = Float.floatToRawIntBits(x[i]) & Integer.MAX_VALUE;
            int mask = -magnitude >> 31;
            sum[i] += Float.intBitsToFloat(Float.floatToRawIntBits(g[i]) & mask);
        }
    }

    @Override
    void atLeast(int n, float[] a, float[] b, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = Float.intBitsToFloat(a[i] >= b[i] ? ONE : 0);
        }
    }

    @Override
    void above(int n, float[] a, float[] b, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = Float.intBitsToFloat(a[i] > b[i] ? ONE : 0);
        }
    }
}
