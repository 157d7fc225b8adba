package io.sparknn.nn.layers;

import io.sparknn.tensor.Tensor;

/**
 * Batch normalisation, whatever the number of axes behind the channels.
 *
 * @param <S> the layer itself
 */
abstract class BatchNorm<S extends BatchNorm<S>> extends RunningNorm<S> {
    private static final long serialVersionUID = 1L;

    BatchNorm(
            ChannelShape expected,
            int numFeatures,
            double eps,
            Double momentum,
            boolean affine,
            boolean trackRunningStats) {
        super(
                expected,
                numFeatures,
                eps,
                momentum,
                affine,
                trackRunningStats,
                isDefault(eps, momentum, affine, trackRunningStats));
    }

    static boolean isDefault(double eps, Double momentum, boolean affine, boolean trackRunningStats) {
        boolean numbers = eps == NormArguments.EPS && momentum != null && momentum == NormArguments.MOMENTUM;
        return numbers && affine && trackRunningStats;
    }

    @Override
    final Tensor normalize(Tensor x, boolean learns) {
        double share = 0;
        if (learns && numBatchesTracked() != null) {
            Tensor batches = update(numBatchesTracked(), count -> count.add(1));
            share = momentum() == null ? 1 / (double) batches.item() : momentum();
        }
        return x.batchNorm(runningMean(), runningVar(), weight(), bias(), learns, share, eps());
    }
}
