package io.sparknn.tensor;

/** What the largest and the smallest value have in common. */
abstract class Extreme extends Reduction {
    @Override
    final int width() {
        return 1;
    }

    @Override
    final void finish(double[] state, long count, float[] y) {
        for (int i = 0; i < state.length; i++) {
            y[i] = (float) state[i];
        }
    }

    /** Shares the gradient of each result equally among the elements equal to it, be they in other blocks of rows. */
    @Override
    final void backward(float[] x, float[] y, float[] gy, float[] gx, int outer, int size, int inner) {
        double[] ties = ties(x, y, outer, size, inner);
        if (overRows() != null) {
            RowPart here = new RowPart("ties of " + overRows(), RowPart.Merge.SUM, ties, 0);
            ties = Pass.current().resolve(here).state();
        }
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (int s = 0; s < size; s++) {
                for (int i = 0; i < inner; i++, at++) {
                    int result = o * inner + i;
                    gx[at] += x[at] == y[result] ? (float) (gy[result] / ties[2 * result]) : 0f;
                }
            }
        }
    }

    /** How many elements equal each result; as a sum, so at every second place. */
    private static double[] ties(float[] x, float[] y, int outer, int size, int inner) {
        double[] ties = new double[2 * outer * inner];
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (int s = 0; s < size; s++) {
                for (int i = 0; i < inner; i++, at++) {
                    ties[2 * (o * inner + i)] += x[at] == y[o * inner + i] ? 1 : 0;
                }
            }
        }
        return ties;
    }
}
