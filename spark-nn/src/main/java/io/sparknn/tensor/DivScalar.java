package io.sparknn.tensor;

/** {@code y = x / value}; {@code dx = dy / value}. The bits are those of dividing by a tensor of that value. */
final class DivScalar extends Unary {
    private final float value;

    DivScalar(double value) {
        this.value = (float) value;
    }

    @Override
    void describe(Note note) {
        note.number("value", value);
    }

    @Override
    String name() {
        return "div";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] / value;
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] / value;
        }
    }
}
