package io.sparknn.tensor;

/** The smallest value; its gradient is shared equally by all elements that attain it, as in PyTorch's {@code amin}. */
final class Min extends Reduction {
    @Override
    String name() {
        return "min";
    }

    @Override
    int width() {
        return 1;
    }

    @Override
    RowPart.Merge merge() {
        return RowPart.Merge.MIN;
    }

    @Override
    void accumulate(float[] x, int outer, int size, int inner, double[] state) {
        int from = 0;
        for (int o = 0; o < outer; o++) {
            for (int s = 0; s < size; s++) {
                for (int i = 0; i < inner; i++) {
                    int at = o * inner + i;
                    state[at] = Math.min(state[at], x[from++]);
                }
            }
        }
    }

    @Override
    void finish(double[] state, long count, float[] y) {
        for (int i = 0; i < state.length; i++) {
            y[i] = (float) state[i];
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] gy, float[] gx, int outer, int size, int inner) {
        Extreme.backward(x, y, gy, gx, outer, size, inner, overRows());
    }
}
