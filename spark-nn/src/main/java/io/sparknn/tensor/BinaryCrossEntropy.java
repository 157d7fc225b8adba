package io.sparknn.tensor;

/**
 * {@code y = -(p · t · ln sigmoid(x) + (1 - t) · ln(1 - sigmoid(x)))} for labels t, element by element and without
 * overflow; {@code dx = dy · ((1 - t) · sigmoid(x) - p · t · (1 - sigmoid(x)))}.
 */
final class BinaryCrossEntropy extends Binary {
    private final float positiveWeight;

    BinaryCrossEntropy(double positiveWeight) {
        this.positiveWeight = (float) positiveWeight;
    }

    @Override
    void describe(Note note) {
        throw Recorder.refused("computes a loss: " + name());
    }

    @Override
    String name() {
        return "BceWithLogitsLoss";
    }

    @Override
    void forward(int n, float[] x, float[] t, float[] y) {
        float[] tail = Pass.current().allocate(n);
        tails(n, x, tail);
        for (int i = 0; i < n; i++) {
            // ln(1 + e^-x) and ln(1 + e^x)
            float yes = Math.max(-x[i], 0f) + tail[i];
            float no = Math.max(x[i], 0f) + tail[i];
            y[i] = positiveWeight * t[i] * yes + (1f - t[i]) * no;
        }
    }

    /** {@code ln(1 + e^-|x|)}. */
    private static void tails(int n, float[] x, float[] tail) {
        for (int i = 0; i < n; i++) {
            tail[i] = -Math.abs(x[i]);
        }
        FloatMath.exp(n, tail, tail);
        FloatMath.log1p(n, tail, tail);
    }

    @Override
    void backwardLeft(int n, float[] x, float[] t, float[] y, float[] gy, float[] gx) {
        float[] share = Pass.current().allocate(n);
        FloatMath.sigmoid(n, x, share);
        for (int i = 0; i < n; i++) {
            gx[i] += gy[i] * ((1f - t[i]) * share[i] - positiveWeight * t[i] * (1f - share[i]));
        }
    }

    @Override
    void backwardRight(int n, float[] x, float[] t, float[] y, float[] gy, float[] gt) {
        float[] tail = Pass.current().allocate(n);
        tails(n, x, tail);
        for (int i = 0; i < n; i++) {
            gt[i] += gy[i] * (positiveWeight * (Math.max(-x[i], 0f) + tail[i]) - Math.max(x[i], 0f) - tail[i]);
        }
    }
}
