package io.sparknn.tensor;

/** {@code y = x · value}; {@code dx = dy · value}. The bits are those of a product with a tensor of that value. */
final class MulScalar extends Unary {
    private final float value;

    MulScalar(double value) {
        this.value = (float) value;
    }

    @Override
    void describe(Note note) {
        note.number("value", value);
    }

    @Override
    String name() {
        return "mul";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] * value;
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * value;
        }
    }
}
