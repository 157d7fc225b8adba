package io.sparknn.tensor;

/** {@code y = √Σ x²}; {@code dx = dy · x / y}, 0 where y is 0. */
final class Norm extends Reduction {
    @Override
    String name() {
        return "norm";
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
        int from = 0;
        for (int o = 0; o < outer; o++) {
            for (int s = 0; s < size; s++) {
                for (int i = 0; i < inner; i++) {
                    double value = x[from++];
                    TwoSum.add(state, 2 * (o * inner + i), value * value);
                }
            }
        }
    }

    @Override
    void finish(double[] state, long count, float[] y) {
        for (int i = 0; i < state.length / 2; i++) {
            y[i] = (float) Math.sqrt(TwoSum.value(state, 2 * i));
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] gy, float[] gx, int outer, int size, int inner) {
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (int s = 0; s < size; s++) {
                for (int i = 0; i < inner; i++, at++) {
                    int result = o * inner + i;
                    gx[at] += y[result] == 0 ? 0f : gy[result] * (x[at] / y[result]);
                }
            }
        }
    }
}
