package io.sparknn.tensor;

/**
 * {@code y = a^b}; {@code da = dy · b · a^(b - 1)}, 0 where b = 0; {@code db = dy · y · ln a}, 0 where a = 0 and b >= 0.
 *
 * <p>By {@link StrictMath} in double: slow, but the same bits everywhere.
 */
final class Pow extends Binary {
    @Override
    String name() {
        return "pow";
    }

    @Override
    void forward(int n, float[] a, float[] b, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = (float) StrictMath.pow(a[i], b[i]);
        }
    }

    @Override
    void backwardLeft(int n, float[] a, float[] b, float[] y, float[] gy, float[] ga) {
        for (int i = 0; i < n; i++) {
            ga[i] += b[i] == 0 ? 0f : (float) (gy[i] * (b[i] * StrictMath.pow(a[i], b[i] - 1.0)));
        }
    }

    @Override
    void backwardRight(int n, float[] a, float[] b, float[] y, float[] gy, float[] gb) {
        for (int i = 0; i < n; i++) {
            gb[i] += a[i] == 0 && b[i] >= 0 ? 0f : gy[i] * (y[i] * FloatMath.log(a[i]));
        }
    }
}
