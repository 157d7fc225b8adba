package io.sparknn.tensor;

/**
 * {@code y = scale · x where x > 0, else scale · alpha · (e^x - 1)}; {@code dx = dy · scale}, else
 * {@code dy · (y + scale · alpha)}.
 */
final class EluOp extends Unary {
    private final String name;
    private final float scale;
    private final float alpha;

    EluOp(String name, double scale, double alpha) {
        this.name = name;
        this.scale = (float) scale;
        this.alpha = (float) alpha;
    }

    @Override
    void describe(Note note) {
        note.number("scale", scale).number("alpha", alpha);
    }

    @Override
    String name() {
        return name;
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        FloatMath.expm1(n, x, y);
        for (int i = 0; i < n; i++) {
            y[i] = scale * (x[i] > 0 ? x[i] : alpha * y[i]);
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        float limit = scale * alpha;
        for (int i = 0; i < n; i++) {
            gx[i] += x[i] > 0 ? gy[i] * scale : gy[i] * (y[i] + limit);
        }
    }
}
