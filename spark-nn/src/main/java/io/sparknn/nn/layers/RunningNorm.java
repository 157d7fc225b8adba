package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;

/**
 * What batch and instance normalisation share: a weight and a bias for each channel, and statistics that training keeps
 * for evaluation.
 *
 * @param <S> the layer itself
 */
abstract class RunningNorm<S extends RunningNorm<S>> extends StandardLayer<S> {
    private static final long serialVersionUID = 1L;

    private final ChannelShape expected;
    private final String text;
    private final int numFeatures;
    private final double eps;
    private final Double momentum;
    private final Parameter weight;
    private final Parameter bias;
    private final Parameter runningMean;
    private final Parameter runningVar;
    private final Parameter numBatchesTracked;

    RunningNorm(
            ChannelShape expected,
            int numFeatures,
            double eps,
            Double momentum,
            boolean affine,
            boolean trackRunningStats,
            boolean isDefault) {
        super(numFeatures, eps, momentum, affine, trackRunningStats);
        String name = getClass().getSimpleName();
        Sizes.positive(name, "numFeatures", numFeatures);
        NormArguments.check(name, eps, momentum);
        this.expected = expected;
        this.text = name + "(" + numFeatures
                + (isDefault ? ")" : NormArguments.text(", ", eps, momentum, affine, trackRunningStats));
        this.numFeatures = numFeatures;
        this.eps = eps;
        this.momentum = momentum;
        this.weight = affine ? addParameter("weight", Init.ones(), numFeatures) : null;
        this.bias = affine ? addParameter("bias", Init.zeros(), numFeatures) : null;
        this.runningMean = trackRunningStats ? addBuffer("running_mean", Init.zeros(), numFeatures) : null;
        this.runningVar = trackRunningStats ? addBuffer("running_var", Init.ones(), numFeatures) : null;
        this.numBatchesTracked = trackRunningStats ? addBuffer("num_batches_tracked", Init.zeros()) : null;
    }

    /** Rows of one size, also in arrays of arrays: the channels are an axis that all rows share. */
    @Override
    public final Reading reading(int input, int count) {
        return Reading.grid();
    }

    @Override
    public final Tensor forward(Tensor x) {
        Shape shape = x.shape();
        expected.requireRank(who(), numFeatures, shape);
        if (shape.dim(1) != numFeatures) {
            throw new IllegalArgumentException(
                    who() + " expects " + numFeatures + " channels on axis 1, got " + shape.dim(1) + " in shape "
                            + shape + "; give it as many features, or let its lazy twin find them");
        }
        // A frozen layer stays as it is: it computes what it computes in evaluation.
        return normalize(x, training() && isTrainable());
    }

    /** The output, where statistics of the input are to be used and learnt in training. */
    abstract Tensor normalize(Tensor x, boolean learns);

    final double eps() {
        return eps;
    }

    /** The share of the way that running statistics move, or null. */
    final Double momentum() {
        return momentum;
    }

    /** Null without weight. */
    final Parameter weight() {
        return weight;
    }

    /** Null without bias. */
    final Parameter bias() {
        return bias;
    }

    /** Null without running statistics. */
    final Parameter runningMean() {
        return runningMean;
    }

    /** Null without running statistics. */
    final Parameter runningVar() {
        return runningVar;
    }

    /** Null without running statistics. */
    final Parameter numBatchesTracked() {
        return numBatchesTracked;
    }

    @Override
    public final String toString() {
        return text;
    }
}
