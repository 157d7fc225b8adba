package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;

/**
 * Instance normalisation of images: each channel of each row with mean 0 and variance 1 over its places, then scaled and
 * shifted by learnt values, if so wished.
 *
 * <p>{@code y = (x - mean) / √(var + eps) · weight + bias}
 *
 * <ul>
 *   <li>input: (N, C, H, W) where C is numFeatures
 *   <li>output: the same shape
 *   <li>weight, bias: (C), ones and zeros; only with affine
 *   <li>buffers running_mean, running_var: (C), zeros and ones; num_batches_tracked: (), never counted, as in PyTorch;
 *       only with trackRunningStats
 * </ul>
 *
 * <p>Training and evaluation do the same, unless trackRunningStats: then training moves running statistics by momentum
 * towards the means of those of all rows of the batch, and evaluation takes the running ones. A frozen layer computes in
 * training what it computes in evaluation.
 *
 * <p>Errors: another rank or number of channels; one place alone in a channel. Source: Ulyanov et al., "Instance
 * Normalization", 2016, arXiv:1607.08022; PyTorch's {@code nn.InstanceNorm2d}.
 *
 * <pre>{@code
 * InstanceNorm2d norm = new InstanceNorm2d(3);
 * norm.forward(Tensor.rand(32, 3, 28, 28)).shape();  // (32, 3, 28, 28)
 * }</pre>
 */
public final class InstanceNorm2d extends InstanceNorm<InstanceNorm2d> {
    private static final long serialVersionUID = 1L;

    /**
     * Without weight, bias and running statistics, with an eps of 1e-5.
     *
     * @param numFeatures the number of channels, at least 1
     */
    public InstanceNorm2d(int numFeatures) {
        this(numFeatures, NormArguments.EPS, NormArguments.MOMENTUM);
    }

    /**
     * Without weight, bias and running statistics.
     *
     * @param numFeatures the number of channels, at least 1
     * @param eps added to variances
     * @param momentum the weight of the newest batch in running statistics; null leaves them as they are
     */
    public InstanceNorm2d(int numFeatures, double eps, Double momentum) {
        this(numFeatures, eps, momentum, false, false);
    }

    /**
     * An instance normalisation.
     *
     * @param numFeatures the number of channels, at least 1
     * @param eps added to variances
     * @param momentum the weight of the newest batch in running statistics; null leaves them as they are
     * @param affine whether there are weight and bias
     * @param trackRunningStats whether training keeps statistics for evaluation
     */
    public InstanceNorm2d(int numFeatures, double eps, Double momentum, boolean affine, boolean trackRunningStats) {
        super(ChannelShape.IMAGES, numFeatures, eps, momentum, affine, trackRunningStats);
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static InstanceNorm2d load(String path) {
        return (InstanceNorm2d) Layer.load(path);
    }
}
