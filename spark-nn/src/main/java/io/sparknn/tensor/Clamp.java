package io.sparknn.tensor;

/**
 * {@code y = min(max(x, min), max)}, {@code max} where the bounds cross; {@code dx = dy where min <= x <= max}, bounds
 * included as in PyTorch.
 */
final class Clamp extends Unary {
    private final float min;
    private final float max;

    Clamp(double min, double max) {
        this.min = (float) min;
        this.max = (float) max;
    }

    @Override
    void describe(Note note) {
        note.number("min", min).number("max", max);
    }

    @Override
    String name() {
        return "clamp";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.min(Math.max(x[i], min), max);
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        for (int i = 0; i < n; i++) {
            gx[i] += x[i] >= min && x[i] <= max ? gy[i] : 0f;
        }
    }
}
