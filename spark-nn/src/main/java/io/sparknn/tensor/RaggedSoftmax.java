package io.sparknn.tensor;

/**
 * {@code y = e^x / Σ e^x} over the elements of each row, or its logarithm, where rows differ in length; the gradients are
 * those of {@link SoftmaxOp} and {@link LogSoftmaxOp}. Rows without elements have none in the result.
 */
final class RaggedSoftmax extends Operation {
    private final Lengths lengths;
    private final boolean log;
    private int width;

    RaggedSoftmax(Lengths lengths, boolean log) {
        this.lengths = lengths;
        this.log = log;
    }

    @Override
    void describe(Note note) {
        note.lengths("lengths", lengths);
    }

    @Override
    String name() {
        return log ? "logSoftmax" : "softmax";
    }

    @Override
    Shape shape(Tensor... in) {
        width = in[0].localShape().dropFirst(1).size();
        return in[0].localShape();
    }

    @Override
    int rowAxis(Tensor... in) {
        return in[0].rowAxis();
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        int n = in[0].localSize();
        subtractMax(in[0].values(), y);
        float[] e = log ? Pass.current().allocate(n) : y;
        FloatMath.exp(n, y, e);
        for (int row = 0; row < lengths.rows(); row++) {
            int end = lengths.offset(row + 1) * width;
            for (int lane = 0; lane < width; lane++) {
                int start = lengths.offset(row) * width + lane;
                double sum = 0;
                for (int at = start; at < end; at += width) {
                    sum += e[at];
                }
                float total = log ? FloatMath.log((float) sum) : (float) sum;
                for (int at = start; at < end; at += width) {
                    y[at] = log ? y[at] - total : y[at] / total;
                }
            }
        }
    }

    private void subtractMax(float[] x, float[] y) {
        for (int row = 0; row < lengths.rows(); row++) {
            int end = lengths.offset(row + 1) * width;
            for (int lane = 0; lane < width; lane++) {
                int start = lengths.offset(row) * width + lane;
                float max = Float.NEGATIVE_INFINITY;
                for (int at = start; at < end; at += width) {
                    max = Math.max(max, x[at]);
                }
                for (int at = start; at < end; at += width) {
                    y[at] = x[at] - max;
                }
            }
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        int n = in[0].localSize();
        float[] p = log ? Pass.current().allocate(n) : y;
        if (log) {
            FloatMath.exp(n, y, p);
        }
        float[] gx = gradients[0];
        for (int row = 0; row < lengths.rows(); row++) {
            int end = lengths.offset(row + 1) * width;
            for (int lane = 0; lane < width; lane++) {
                int start = lengths.offset(row) * width + lane;
                double sum = 0;
                for (int at = start; at < end; at += width) {
                    sum += log ? gy[at] : (double) gy[at] * y[at];
                }
                for (int at = start; at < end; at += width) {
                    gx[at] += (float) (log ? gy[at] - p[at] * sum : y[at] * (gy[at] - sum));
                }
            }
        }
    }
}
