package io.sparknn.tensor;

/**
 * {@code y = x - ln Σ e^x} along one axis; {@code dx = dy - e^y · Σ dy}.
 *
 * <p>Along the rows of a DataFrame it is composed of reductions over all rows.
 */
final class LogSoftmaxOp extends LaneOperation {
    LogSoftmaxOp(int axis) {
        super(axis);
    }

    static Tensor of(Tensor x, int axis) {
        if (x.lengths() != null && x.localShape().axis(axis) == 1) {
            return new Tensor(new RaggedSoftmax(x.lengths(), true).apply(x.flat()), x.lengths());
        }
        if (x.lengths() != null) {
            return new LogSoftmaxOp(x.axisOfValues("logSoftmax", axis)).apply(x);
        }
        int at = x.localShape().axis(axis);
        if (at != x.rowAxis()) {
            return new LogSoftmaxOp(at).apply(x);
        }
        Tensor shifted = x.sub(x.max(true, at).detach());
        return shifted.sub(shifted.exp().sum(true, at).log());
    }

    @Override
    String name() {
        return "logSoftmax";
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        Lanes lanes = lanes();
        lanes.subtractMax(in[0].values(), y);
        float[] e = Pass.current().allocate(y.length);
        FloatMath.exp(y.length, y, e);
        for (int lane = 0, count = lanes.count(); lane < count; lane++) {
            int start = lanes.start(lane);
            int end = start + lanes.size * lanes.inner;
            double sum = 0;
            for (int at = start; at < end; at += lanes.inner) {
                sum += e[at];
            }
            float log = FloatMath.log((float) sum);
            for (int at = start; at < end; at += lanes.inner) {
                y[at] -= log;
            }
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        Lanes lanes = lanes();
        float[] gx = gradients[0];
        float[] e = Pass.current().allocate(gx.length);
        FloatMath.exp(gx.length, y, e);
        for (int lane = 0, count = lanes.count(); lane < count; lane++) {
            int start = lanes.start(lane);
            int end = start + lanes.size * lanes.inner;
            double sum = 0;
            for (int at = start; at < end; at += lanes.inner) {
                sum += gy[at];
            }
            for (int at = start; at < end; at += lanes.inner) {
                gx[at] += (float) (gy[at] - e[at] * sum);
            }
        }
    }
}
