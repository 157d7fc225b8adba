package io.sparknn.tensor;

/**
 * {@code y = e^x / Σ e^x} along one axis; {@code dx = y · (dy - Σ dy · y)}.
 *
 * <p>Along the rows of a DataFrame it is composed of reductions over all rows.
 */
final class SoftmaxOp extends LaneOperation {
    SoftmaxOp(int axis) {
        super(axis);
    }

    static Tensor of(Tensor x, int axis) {
        if (x.lengths() != null && x.localShape().axis(axis) == 1) {
            return new Tensor(new RaggedSoftmax(x.lengths(), false).apply(x.flat()), x.lengths());
        }
        if (x.lengths() != null) {
            return new SoftmaxOp(x.axisOfValues("softmax", axis)).apply(x);
        }
        int at = x.localShape().axis(axis);
        if (at != x.rowAxis()) {
            return new SoftmaxOp(at).apply(x);
        }
        Tensor e = x.sub(x.max(true, at).detach()).exp();
        return e.div(e.sum(true, at));
    }

    @Override
    String name() {
        return "softmax";
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        Lanes lanes = lanes();
        lanes.subtractMax(in[0].values(), y);
        FloatMath.exp(in[0].localSize(), y, y);
        for (int lane = 0, count = lanes.count(); lane < count; lane++) {
            int start = lanes.start(lane);
            int end = start + lanes.size * lanes.inner;
            double sum = 0;
            for (int at = start; at < end; at += lanes.inner) {
                sum += y[at];
            }
            float total = (float) sum;
            for (int at = start; at < end; at += lanes.inner) {
                y[at] /= total;
            }
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        Lanes lanes = lanes();
        float[] gx = gradients[0];
        for (int lane = 0, count = lanes.count(); lane < count; lane++) {
            int start = lanes.start(lane);
            int end = start + lanes.size * lanes.inner;
            double sum = 0;
            for (int at = start; at < end; at += lanes.inner) {
                sum += (double) gy[at] * y[at];
            }
            for (int at = start; at < end; at += lanes.inner) {
                gx[at] += (float) (y[at] * (gy[at] - sum));
            }
        }
    }
}
