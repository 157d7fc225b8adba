package io.sparknn.nn.layers;

import io.sparknn.tensor.Tensor;

/**
 * Instance normalisation, whatever the number of axes behind the channels.
 *
 * @param <S> the layer itself
 */
abstract class InstanceNorm<S extends InstanceNorm<S>> extends RunningNorm<S> {
    private static final long serialVersionUID = 1L;

    InstanceNorm(
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

    private static boolean isDefault(double eps, Double momentum, boolean affine, boolean trackRunningStats) {
        boolean numbers = eps == NormArguments.EPS && momentum != null && momentum == NormArguments.MOMENTUM;
        return numbers && !affine && !trackRunningStats;
    }

    /** Without momentum PyTorch leaves these running statistics as they are, and never counts batches. */
    @Override
    final Tensor normalize(Tensor x, boolean learns) {
        double share = momentum() == null ? 0 : momentum();
        return x.instanceNorm(runningMean(), runningVar(), weight(), bias(), learns, share, eps());
    }
}
