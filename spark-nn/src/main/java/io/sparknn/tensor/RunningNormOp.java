package io.sparknn.tensor;

/** {@link ChannelNorm} by means and variances that are given: {@code dx = dy · weight / √(var + eps)}. */
final class RunningNormOp extends ChannelNorm {
    private final Tensor mean;
    private final Tensor variance;

    private RunningNormOp(double eps, Tensor weight, Tensor bias, Tensor mean, Tensor variance) {
        super(eps, weight, bias);
        this.mean = mean;
        this.variance = variance;
    }

    static Tensor of(Tensor x, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double eps) {
        RunningNormOp norm = new RunningNormOp(eps, weight, bias, mean, variance);
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
    void describe(Note note) {
        note.number("eps", eps())
                .flag("weighted", isWeighted())
                .flag("shifted", isShifted())
                .alsoFrom(mean, variance);
    }

    @Override
    String name() {
        return "normalisation";
    }

    @Override
    void statistics(Tensor x) {
        float[] means = mean.values();
        float[] variances = variance.values();
        for (int c = 0; c < channels(); c++) {
            channel(c, means[c], variances[c]);
        }
    }

    @Override
    void backward(float[] x, float[] gy, float[] gx, float[] scales, float[] sums) {
        spread(x, gy, gx, scales, new float[channels()], new float[channels()]);
    }
}
