package io.sparknn.tensor;

/** Normalisations, each forward and backward in one go. */
interface Normalisations {
    /**
     * Each channel with mean 0 and variance 1 over all rows and places: by the statistics of this tensor in training, or
     * where no running ones are given, else by the running ones. Over the rows of a DataFrame, and in a training step over
     * those of all workers, they are the statistics of all rows.
     *
     * <p>In training the running statistics, if given, move to those of this tensor by a share of the way, the variance to
     * the unbiased one; see {@link Pass#update}.
     *
     * @param runningMean a buffer (C) beside this (N, C, ...); null for none
     * @param runningVar a buffer (C); null if there is no runningMean
     * @param weight (C), what each channel is multiplied by; null for ones
     * @param bias (C), what is added to each channel then; null for zeros
     * @param training whether the statistics of this tensor are used, and running ones updated
     * @param momentum the share of the way that running statistics move, from 0 to 1
     * @param eps added to variances, so that nothing is divided by 0
     * @return the same shape
     * @throws IllegalArgumentException if the shapes do not fit, or statistics of fewer than 2 values are asked for
     */
    default Tensor batchNorm(
            Tensor runningMean,
            Tensor runningVar,
            Tensor weight,
            Tensor bias,
            boolean training,
            double momentum,
            double eps) {
        Tensor x = (Tensor) this;
        return training || runningMean == null
                ? BatchNormOp.of(x, runningMean, runningVar, weight, bias, momentum, eps)
                : RunningNormOp.of(x, runningMean, runningVar, weight, bias, eps);
    }

    /**
     * Each channel of each row with mean 0 and variance 1 over its places; or by running statistics.
     *
     * <p>Where the statistics of this tensor are used, and running ones given, those move to the mean over all rows of
     * means and unbiased variances, by a share of the way; see {@link Pass#update}.
     *
     * @param runningMean a buffer (C) beside this (N, C, L, ...); null for none
     * @param runningVar a buffer (C); null if there is no runningMean
     * @param weight (C), what each channel is multiplied by; null for ones
     * @param bias (C), what is added to each channel then; null for zeros
     * @param useInputStats whether the statistics of this tensor are used
     * @param momentum the share of the way that running statistics move, from 0 to 1
     * @param eps added to variances, so that nothing is divided by 0
     * @return the same shape
     * @throws IllegalArgumentException if the shapes do not fit, or statistics of fewer than 2 places are asked for
     */
    default Tensor instanceNorm(
            Tensor runningMean,
            Tensor runningVar,
            Tensor weight,
            Tensor bias,
            boolean useInputStats,
            double momentum,
            double eps) {
        Tensor x = (Tensor) this;
        return useInputStats || runningMean == null
                ? InstanceStatistics.normalize(x, runningMean, runningVar, weight, bias, momentum, eps)
                : RunningNormOp.of(x, runningMean, runningVar, weight, bias, eps);
    }

    /**
     * The last axes with mean 0 and variance 1, together.
     *
     * @param normalizedShape the sizes of these axes, not of the rows
     * @param weight what each place in them is multiplied by, of these sizes; null for ones
     * @param bias what is added at each place then, of these sizes; null for zeros
     * @param eps added to variances, so that nothing is divided by 0
     * @return the same shape
     * @throws IllegalArgumentException if the last sizes are others
     */
    default Tensor layerNorm(int[] normalizedShape, Tensor weight, Tensor bias, double eps) {
        return LaneNormOp.last("layerNorm", (Tensor) this, normalizedShape, weight, bias, eps, true);
    }

    /**
     * Groups of channels of each row with mean 0 and variance 1, over the channels of a group and their places.
     *
     * @param numGroups how many groups the channels, axis 1, fall into
     * @param weight (C), what each channel is multiplied by; null for ones
     * @param bias (C), what is added to each channel then; null for zeros
     * @param eps added to variances, so that nothing is divided by 0
     * @return the same shape
     * @throws IllegalArgumentException if the groups do not divide the channels
     */
    default Tensor groupNorm(int numGroups, Tensor weight, Tensor bias, double eps) {
        Tensor x = (Tensor) this;
        return LaneNormOp.groups("groupNorm", x, numGroups, weight, bias, eps)
                .apply(ChannelNorm.inputs(x, weight, bias));
    }

    /**
     * The last axes with mean square 1, together.
     *
     * @param normalizedShape the sizes of these axes, not of the rows
     * @param weight what each place in them is multiplied by, of these sizes; null for ones
     * @param eps added to mean squares, so that nothing is divided by 0
     * @return the same shape
     * @throws IllegalArgumentException if the last sizes are others
     */
    default Tensor rmsNorm(int[] normalizedShape, Tensor weight, double eps) {
        return LaneNormOp.last("rmsNorm", (Tensor) this, normalizedShape, weight, null, eps, false);
    }
}
