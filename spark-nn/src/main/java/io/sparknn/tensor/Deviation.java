package io.sparknn.tensor;

/** {@code y = √var(x)}; {@code dx = dvar · dy / (2 y)}, 0 where y is 0. */
final class Deviation extends Reduction {
    private final Variance variance;

    Deviation(int correction) {
        variance = new Variance(correction);
    }

    @Override
    String name() {
        return "std";
    }

    @Override
    void describeKind(Note note) {
        note.integer("correction", variance.correction());
    }

    @Override
    int width() {
        return variance.width();
    }

    @Override
    RowPart.Merge merge() {
        return variance.merge();
    }

    @Override
    void accumulate(float[] x, int outer, int size, int inner, double[] state) {
        variance.accumulate(x, outer, size, inner, state);
    }

    @Override
    void finish(double[] state, long count, float[] y) {
        variance.finish(state, count, y);
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) Math.sqrt(y[i]);
        }
    }

    @Override
    void backward(float[] x, float[] y, float[] gy, float[] gx, int outer, int size, int inner) {
        float[] g = Pass.current().allocate(gy.length);
        for (int i = 0; i < g.length; i++) {
            g[i] = y[i] == 0 ? 0f : gy[i] / (2 * y[i]);
        }
        variance.backward(x, y, g, gx, outer, size, inner);
    }
}
