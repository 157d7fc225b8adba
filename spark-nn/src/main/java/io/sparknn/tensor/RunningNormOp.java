package io.sparknn.tensor;

/** {@link ChannelNorm} by means and variances that are given: {@code dx = dy · weight / √(var + eps)}. */
final class RunningNormOp extends ChannelNorm {
    private final float[] mean;
    private final float[] variance;

    private RunningNormOp(double eps, Tensor weight, Tensor bias, float[] mean, float[] variance) {
        super(eps, weight, bias);
        this.mean = mean;
        this.variance = variance;
    }

    static Tensor of(Tensor x, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double eps) {
        RunningNormOp norm = new RunningNormOp(eps, weight, bias, mean.values(), variance.values());
        norm.check(x, mean, variance);
        return norm.apply(inputs(x, weight, bias));
    }

    private void check(Tensor x, Tensor mean, Tensor variance) {
        shape(x, mean, variance);
        if (mean.requiresGrad() || variance.requiresGrad() || carriesRows(mean, variance)) {
            throw new IllegalArgumentException("running statistics of " + shapes(x)
                    + " expect tensors without gradients and rows, got others; use buffers, or sub, div and sqrt");
        }
    }

    @Override
    String name() {
        return "normalisation";
    }

    @Override
    void statistics(Tensor x) {
        for (int c = 0; c < channels(); c++) {
            channel(c, mean[c], variance[c]);
        }
    }

    @Override
    void backward(float[] x, float[] gy, float[] gx, float[] scales, float[] sums) {
        spread(x, gy, gx, scales, new float[channels()], new float[channels()]);
    }
}
