package io.sparknn.tensor;

/** {@code y = Σ x}; {@code dx = dy}. */
final class Sum extends Reduction {
    @Override
    String name() {
        return "sum";
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
            addExactly(x, outer, size, inner, state);
        } else {
            add(x, outer, size, inner, state);
        }
    }

    @Override
    void finish(double[] state, long count, float[] y) {
        for (int i = 0; i < state.length / 2; i++) {
            y[i] = (float) TwoSum.value(state, 2 * i);
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] gy, float[] gx, int outer, int size, int inner) {
        spread(gy, 1, gx, outer, size, inner);
    }

    static void add(float[] x, int outer, int size, int inner, double[] state) {
        int from = 0;
        for (int o = 0; o < outer; o++) {
            for (int s = 0; s < size; s++) {
                for (int i = 0; i < inner; i++) {
                    state[2 * (o * inner + i)] += x[from++];
                }
            }
        }
    }

    static void addExactly(float[] x, int outer, int size, int inner, double[] state) {
        int from = 0;
        for (int o = 0; o < outer; o++) {
            for (int s = 0; s < size; s++) {
                for (int i = 0; i < inner; i++) {
                    TwoSum.add(state, 2 * (o * inner + i), x[from++]);
                }
            }
        }
    }

    /** Adds factor times the gradient of each result to the gradients of the elements it was made from. */
    static void spread(float[] gy, float factor, float[] gx, int outer, int size, int inner) {
        int to = 0;
        for (int o = 0; o < outer; o++) {
            for (int s = 0; s < size; s++) {
                for (int i = 0; i < inner; i++) {
                    gx[to++] += factor * gy[o * inner + i];
                }
            }
        }
    }
}
