package io.sparknn.tensor;

/**
 * {@code y = min(max(x, min), max)}; {@code dx = dy where min < x < max}: other than {@link Clamp}'s, its gradient is 0 at
 * the bounds, as in PyTorch.
 */
final class HardTanhOp extends Unary {
    private final String name;
    private final float min;
    private final float max;

    HardTanhOp(String name, double min, double max) {
        if (!(min <= max)) {
            throw new IllegalArgumentException(name + " expects min <= max, got " + min + " and " + max);
        }
        this.name = name;
        this.min = (float) min;
        this.max = (float) max;
    }

    @Override
    void describe(Note note) {
        note.number("min", min).number("max", max);
    }

    @Override
    String name() {
        return name;
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
            gx[i] += x[i] <= min || x[i] >= max ? 0f : gy[i];
        }
    }
}
