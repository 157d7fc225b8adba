package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;

/**
 * Batch normalisation of images: each channel with mean 0 and variance 1 over all rows and places, then scaled and
 * shifted by learnt values.
 *
 * <p>{@code y = (x - mean) / √(var + eps) · weight + bias}
 *
 * <ul>
 *   <li>input: (N, C, H, W) where C is numFeatures
 *   <li>output: the same shape
 *   <li>weight, bias: (C), ones and zeros; none without affine
 *   <li>buffers running_mean, running_var: (C), zeros and ones; num_batches_tracked: (), 0; none without
 *       trackRunningStats
 * </ul>
 *
 * <p>Training takes mean and variance of the batch, all workers' rows of it, and moves the running ones by momentum
 * towards them, the variance towards the unbiased one; gradients flow through both. Evaluation takes the running ones;
 * without any, those of all rows of the DataFrame. A frozen layer computes in training what it computes in evaluation.
 *
 * <p>Errors: another rank or number of channels; one value alone in a channel of a batch. Cost: without running
 * statistics one more pass over the DataFrame. Source: Ioffe and Szegedy, "Batch Normalization", 2015, arXiv:1502.03167;
 * PyTorch's {@code nn.BatchNorm2d}.
 *
 * <pre>{@code
 * BatchNorm2d norm = new BatchNorm2d(3);
 * norm.forward(Tensor.rand(32, 3, 28, 28)).shape();  // (32, 3, 28, 28)
 * }</pre>
 */
public final class BatchNorm2d extends BatchNorm<BatchNorm2d> {
    private static final long serialVersionUID = 1L;

    /**
     * With weight, bias and running statistics, an eps of 1e-5 and a momentum of 0.1.
     *
     * @param numFeatures the number of channels, at least 1
     */
    public BatchNorm2d(int numFeatures) {
        this(numFeatures, NormArguments.EPS, NormArguments.MOMENTUM);
    }

    /**
     * With weight, bias and running statistics.
     *
     * @param numFeatures the number of channels, at least 1
     * @param eps added to variances
     * @param momentum the weight of the newest batch in running statistics; null for the mean over all batches
     */
    public BatchNorm2d(int numFeatures, double eps, Double momentum) {
        this(numFeatures, eps, momentum, true, true);
    }

    /**
     * A batch normalisation.
     *
     * @param numFeatures the number of channels, at least 1
     * @param eps added to variances
     * @param momentum the weight of the newest batch in running statistics; null for the mean over all batches
     * @param affine whether there are weight and bias
     * @param trackRunningStats whether training keeps statistics for evaluation
     */
    public BatchNorm2d(int numFeatures, double eps, Double momentum, boolean affine, boolean trackRunningStats) {
        super(ChannelShape.IMAGES, numFeatures, eps, momentum, affine, trackRunningStats);
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static BatchNorm2d load(String path) {
        return (BatchNorm2d) Layer.load(path);
    }
}
