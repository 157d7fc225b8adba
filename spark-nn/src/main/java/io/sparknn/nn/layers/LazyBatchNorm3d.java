package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;

/**
 * A {@link BatchNorm3d} that finds the number of channels, on axis 1 of its input, and leaves running statistics as
 * they are while it does.
 *
 * <ul>
 *   <li>input: (N, C, D, H, W) with any C
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: an input of another rank, as of one row without the axis of rows. Source:
 * PyTorch's {@code nn.LazyBatchNorm3d}.
 *
 * <pre>{@code
 * BatchNorm3d norm = new LazyBatchNorm3d().build(Shape.of(32, 3, 8, 28, 28));
 * norm.parameter("weight").shape();            // (3)
 * }</pre>
 */
public final class LazyBatchNorm3d extends LazyRunningNorm<BatchNorm3d, LazyBatchNorm3d> {
    private static final long serialVersionUID = 1L;

    private final double eps;
    private final Double momentum;
    private final boolean affine;
    private final boolean trackRunningStats;

    /** With weight, bias and running statistics, an eps of 1e-5 and a momentum of 0.1. */
    public LazyBatchNorm3d() {
        this(NormArguments.EPS, NormArguments.MOMENTUM);
    }

    /**
     * With weight, bias and running statistics.
     *
     * @param eps added to variances
     * @param momentum the weight of the newest batch in running statistics; null for the mean over all batches
     */
    public LazyBatchNorm3d(double eps, Double momentum) {
        this(eps, momentum, true, true);
    }

    /**
     * A normalisation to be.
     *
     * @param eps added to variances
     * @param momentum the weight of the newest batch in running statistics; null for the mean over all batches
     * @param affine whether there are weight and bias
     * @param trackRunningStats whether training keeps statistics for evaluation
     */
    public LazyBatchNorm3d(double eps, Double momentum, boolean affine, boolean trackRunningStats) {
        super(ChannelShape.VOLUMES, eps, momentum, affine, trackRunningStats);
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.trackRunningStats = trackRunningStats;
    }

    @Override
    BatchNorm3d of(int numFeatures) {
        return new BatchNorm3d(numFeatures, eps, momentum, affine, trackRunningStats);
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyBatchNorm3d load(String path) {
        return (LazyBatchNorm3d) LazyLayer.load(path);
    }
}
