package io.sparknn.tensor;

/** Instance normalisation: {@link LaneNormOp} with a group for each channel, and running statistics beside it. */
final class InstanceStatistics {
    private InstanceStatistics() {}

    /** Normalises, and moves running statistics, if there are any, to the means over all rows. */
    static Tensor normalize(
            Tensor x, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double momentum, double eps) {
        Shape shape = x.localShape();
        int places = shape.rank() < 3 ? 0 : shape.dropFirst(2).size();
        if (places < 2) {
            throw new IllegalArgumentException("instanceNorm of " + Operation.shapes(x)
                    + " expects an input (N, C, L, ...) with 2 places or more in each channel of a row, got " + places
                    + "; use batchNorm, or running statistics");
        }
        int channels = shape.dim(1);
        LaneNormOp norm = LaneNormOp.groups("instanceNorm", x, channels, weight, bias, eps);
        Tensor y = norm.apply(ChannelNorm.inputs(x, weight, bias));
        if (mean != null) {
            requireEach(x, mean, variance);
            if (!Pass.current().shapesOnly()) {
                update(x, norm, mean, variance, momentum, places);
            }
        }
        return y;
    }

    private static void requireEach(Tensor x, Tensor... running) {
        Shape each = Shape.of(x.localShape().dim(1));
        for (Tensor statistic : running) {
            if (!statistic.localShape().equals(each)) {
                throw new IllegalArgumentException("instanceNorm of " + Operation.shapes(x)
                        + " expects running statistics of " + each + ", got " + Operation.shapes(running));
            }
        }
    }

    private static void update(Tensor x, LaneNormOp norm, Tensor mean, Tensor variance, double momentum, int places) {
        int rows = x.localShape().dim(0);
        int channels = mean.localSize();
        float[] all = new float[2 * rows * channels];
        for (int lane = 0; lane < rows * channels; lane++) {
            int at = lane / channels * 2 * channels + lane % channels;
            all[at] = (float) norm.mean(lane);
            all[at + channels] = norm.variance(lane) * places / (places - 1);
        }
        // One reduction for both, as reductions over rows make all workers meet.
        float[] means = new Tensor(Shape.of(rows, 2 * channels), all, x.rowAxis(), x.owner())
                .mean(0)
                .values();
        Pass.update(mean, old -> BatchNormOp.moved(old, momentum, c -> means[c]));
        Pass.update(variance, old -> BatchNormOp.moved(old, momentum, c -> means[channels + c]));
    }
}
