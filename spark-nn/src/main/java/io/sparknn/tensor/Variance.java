package io.sparknn.tensor;

/**
 * {@code y = Σ (x - mean)² / (n - correction)}; {@code dx = dy · 2 (x - mean) / (n - correction)}.
 *
 * <p>Computed in one go over the rows, as {@code (n Σx² - (Σx)²) / (n (n - correction))}: squares of floats are exact in
 * double and both sums are kept in two doubles, so the difference loses nothing that a float could show.
 */
final class Variance extends Reduction {
    private final int correction;
    private long count;
    private double[] means;

    Variance(int correction) {
        this.correction = correction;
    }

    @Override
    String name() {
        return "var";
    }

    @Override
    void describeKind(Note note) {
        note.integer("correction", correction);
    }

    int correction() {
        return correction;
    }

    @Override
    int width() {
        return 4;
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
                    int at = 4 * (o * inner + i);
                    double value = x[from++];
                    TwoSum.add(state, at, value);
                    TwoSum.add(state, at + 2, value * value);
                }
            }
        }
    }

    @Override
    void finish(double[] state, long elements, float[] y) {
        count = elements;
        means = new double[state.length / 4];
        for (int i = 0; i < means.length; i++) {
            means[i] = TwoSum.value(state, 4 * i) / elements;
            y[i] = (float) (difference(state, 4 * i, (double) elements)
                    / ((double) elements * (double) (elements - correction)));
        }
    }

    /** n Σx² - (Σx)², each product with its rounding error, so that nearly equal products cancel without loss. */
    static double difference(double[] state, int at, double n) {
        double sum = TwoSum.value(state, at);
        double sumLow = (state[at] - sum) + state[at + 1];
        double squares = TwoSum.value(state, at + 2);
        double squaresLow = (state[at + 2] - squares) + state[at + 3];
        double right = sum * sum;
        double rightLow = Math.fma(sum, sum, -right) + 2 * sum * sumLow;
        double left = n * squares;
        double leftLow = Math.fma(n, squares, -left) + n * squaresLow;
        return Math.max(0, (left - right) + (leftLow - rightLow));
    }

    @Override
    void backward(float[] x, float[] y, float[] gy, float[] gx, int outer, int size, int inner) {
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (int s = 0; s < size; s++) {
                for (int i = 0; i < inner; i++, at++) {
                    int result = o * inner + i;
                    gx[at] += (float) (gy[result] * 2 * (x[at] - means[result]) / (count - correction));
                }
            }
        }
    }
}
