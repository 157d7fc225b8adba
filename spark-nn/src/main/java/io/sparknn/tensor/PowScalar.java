package io.sparknn.tensor;

/**
 * {@code y = x^exponent}; {@code dx = dy · exponent · x^(exponent - 1)}, 0 for the exponent 0.
 *
 * <p>Squares, cubes, roots and their inverses are computed as such, from correctly rounded steps. Other powers come from
 * {@link StrictMath} in double: slow, but the same bits everywhere.
 */
final class PowScalar extends Unary {
    private final double exponent;

    PowScalar(double exponent) {
        this.exponent = exponent;
    }

    @Override
    void describe(Note note) {
        note.number("exponent", exponent);
    }

    @Override
    String name() {
        return "pow";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        if (exponent == 2) {
            for (int i = 0; i < n; i++) {
                y[i] = x[i] * x[i];
            }
        } else if (exponent == 3) {
            for (int i = 0; i < n; i++) {
                y[i] = x[i] * x[i] * x[i];
            }
        } else if (exponent == 0.5) {
            for (int i = 0; i < n; i++) {
                y[i] = (float) Math.sqrt(x[i]);
            }
        } else if (exponent == -1) {
            for (int i = 0; i < n; i++) {
                y[i] = 1f / x[i];
            }
        } else if (exponent == -0.5) {
            for (int i = 0; i < n; i++) {
                y[i] = (float) (1 / Math.sqrt(x[i]));
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[i] = (float) StrictMath.pow(x[i], exponent);
            }
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        if (exponent == 0) {
            return;
        }
        float[] slope = Pass.current().allocate(n);
        new PowScalar(exponent - 1).forward(n, x, slope);
        float factor = (float) exponent;
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * (factor * slope[i]);
        }
    }
}
