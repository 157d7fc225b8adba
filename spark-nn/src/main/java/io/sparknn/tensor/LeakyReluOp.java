package io.sparknn.tensor;

/** {@code y = x where x > 0, else slope · x}; {@code dx} likewise. */
final class LeakyReluOp extends Unary {
    private final float slope;

    LeakyReluOp(double slope) {
        this.slope = (float) slope;
    }

    @Override
    void describe(Note note) {
        note.number("slope", slope);
    }

    @Override
    String name() {
        return "leakyRelu";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] > 0 ? x[i] : x[i] * slope;
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] += x[i] > 0 ? gy[i] : gy[i] * slope;
        }
    }
}
