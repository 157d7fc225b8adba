package io.sparknn.tensor;

/** The smallest value; its gradient is shared equally by all elements that attain it, as in PyTorch's {@code amin}. */
final class Min extends Extreme {
    @Override
    String name() {
        return "min";
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
}
