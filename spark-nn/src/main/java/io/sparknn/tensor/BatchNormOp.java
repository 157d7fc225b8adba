package io.sparknn.tensor;

import java.util.Arrays;

/**
 * {@link ChannelNorm} by the means and variances over all rows and places of x itself;
 * {@code dx = weight / √(var + eps) · (dy - Σ dy / n - (x - mean) / (var + eps) · Σ dy · (x - mean) / n)}.
 *
 * <p>Sums over rows are those of {@link Variance}, completed by the pass where x carries rows; backward, both sums of a
 * step are those of all workers.
 */
final class BatchNormOp extends ChannelNorm {
    private String reduction;
    private long count;
    private double[] unbiased;

    private BatchNormOp(double eps, Tensor weight, Tensor bias) {
        super(eps, weight, bias);
    }

    /** Normalises, and moves running statistics, if there are any, to those of x. */
    static Tensor of(Tensor x, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double momentum, double eps) {
        BatchNormOp norm = new BatchNormOp(eps, weight, bias);
        if (mean != null) {
            norm.shape(x, mean, variance);
        }
        Tensor y = norm.apply(inputs(x, weight, bias));
        if (mean != null && !Pass.current().shapesOnly()) {
            Pass.update(mean, old -> moved(old, momentum, norm::mean));
            Pass.update(variance, old -> moved(old, momentum, c -> norm.unbiased[c]));
        }
        return y;
    }

    /** A statistic of each channel. */
    interface Statistic {
        double of(int channel);
    }

    /** Running values, moved to new ones by a share of the way. */
    static Tensor moved(Tensor old, double momentum, Statistic now) {
        float[] values = old.values().clone();
        for (int c = 0; c < values.length; c++) {
            values[c] = (float) ((1 - momentum) * values[c] + momentum * now.of(c));
        }
        return Tensor.of(values, old.localShape());
    }

    @Override
    void describe(Note note) {
        throw Recorder.refused("uses the statistics of its own input: " + name());
    }

    @Override
    String name() {
        return "batchNorm";
    }

    private String signature(Tensor x) {
        return name() + " over the rows of " + shapes(x);
    }

    @Override
    void forwardShapes(Pass pass, Tensor... in) {
        if (in[0].rowAxis() >= 0) {
            pass.resolve(new RowPart(signature(in[0]), RowPart.Merge.SUM, new double[0], 0));
        }
    }

    @Override
    void statistics(Tensor x) {
        double[] state = x.localSize() == 0 ? new double[4 * channels()] : moments(x.values());
        long all = rows();
        if (x.rowAxis() >= 0) {
            reduction = signature(x);
            RowPart whole = Pass.current().resolve(new RowPart(reduction, RowPart.Merge.SUM, state, rows()));
            state = whole.state();
            all = whole.count();
        }
        count = all * inner();
        if (count < 2) {
            throw new IllegalArgumentException(name() + " of " + shapes(x)
                    + " expects 2 values or more in each channel of"
                    + " the batch, got " + count + "; give it more rows, or in training a batch size that leaves no"
                    + " batch of one row");
        }
        unbiased = new double[channels()];
        for (int c = 0; c < channels(); c++) {
            double squares = Variance.difference(state, 4 * c, (double) count) / count;
            unbiased[c] = squares / (count - 1);
            channel(c, TwoSum.value(state, 4 * c) / count, squares / count);
        }
    }

    /** Sum and sum of squares of each channel, each in two doubles. */
    private double[] moments(float[] x) {
        double[] state = new double[4 * channels()];
        if (inner() == 1) {
            new ColumnMoments(channels()).add(x, rows()).into(state);
            return state;
        }
        // The sums within a row are rounded, but the same in whatever block it falls.
        for (int slab = 0, from = 0; slab < rows() * channels(); slab++, from += inner()) {
            int at = 4 * (slab % channels());
            TwoSum.add(state, at, NormLoops.sum(x, from, from + inner()));
            TwoSum.add(state, at + 2, NormLoops.squares(x, from, from + inner(), 0));
        }
        return state;
    }

    @Override
    void backward(float[] x, float[] gy, float[] gx, float[] scales, float[] sums) {
        Pass step = reduction == null ? null : output().owner();
        if (step != null && step.gradients() != null) {
            step.sumGradient(reduction, sums, sums.length);
        }
        int channels = channels();
        float[] shifts = Arrays.copyOf(sums, channels);
        float[] slopes = new float[channels];
        for (int c = 0; c < channels; c++) {
            double inverse = inverse(c);
            shifts[c] = (float) (shifts[c] * (double) scales[c] / count);
            slopes[c] = (float) (sums[channels + c] * inverse * inverse * scales[c] / count);
        }
        spread(x, gy, gx, scales, shifts, slopes);
    }
}
