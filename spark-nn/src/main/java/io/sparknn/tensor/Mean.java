package io.sparknn.tensor;

/** {@code y = Σ x / n}; {@code dx = dy / n}. */
final class Mean extends Reduction {
    private long count;

    @Override
    String name() {
        return "mean";
    }

    @Override
    int width() {
        return 2;
    }

    @Override
    RowPart.Merge merge() {
        return RowPart.Merge.SUM;
    }

    @Override
    void accumulate(float[] x, int outer, int size, int inner, double[] state) {
        if (exact()) {
            Sum.addExactly(x, outer, size, inner, state);
        } else {
            Sum.add(x, outer, size, inner, state);
        }
    }

    @Override
    void finish(double[] state, long elements, float[] y) {
        count = elements;
        for (int i = 0; i < state.length / 2; i++) {
            y[i] = (float) (TwoSum.value(state, 2 * i) / elements);
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] gy, float[] gx, int outer, int size, int inner) {
        Sum.spread(gy, 1f / count, gx, outer, size, inner);
    }
}
