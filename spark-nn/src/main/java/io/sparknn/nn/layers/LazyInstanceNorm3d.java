package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;

/**
 * A {@link InstanceNorm3d} that finds the number of channels, on axis 1 of its input, and leaves running statistics as
 * they are while it does.
 *
 * <p>Unlike its ready twin it has weight, bias and running statistics unless told otherwise, as PyTorch's has.
 *
 * <ul>
 *   <li>input: (N, C, D, H, W) with any C
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: an input of another rank, as of one row without the axis of rows. Source:
 * PyTorch's {@code nn.LazyInstanceNorm3d}.
 *
 * <pre>{@code
 * InstanceNorm3d norm = new LazyInstanceNorm3d().build(Shape.of(32, 3, 8, 28, 28));
 * norm.parameter("weight").shape();            // (3)
 * }</pre>
 */
public final class LazyInstanceNorm3d extends LazyRunningNorm<InstanceNorm3d, LazyInstanceNorm3d> {
    private static final long serialVersionUID = 1L;

    private final double eps;
    private final Double momentum;
    private final boolean affine;
    private final boolean trackRunningStats;

    /** With weight, bias and running statistics, an eps of 1e-5 and a momentum of 0.1. */
    public LazyInstanceNorm3d() {
        this(NormArguments.EPS, NormArguments.MOMENTUM);
    }

    /**
     * With weight, bias and running statistics.
     *
     * @param eps added to variances
     * @param momentum the weight of the newest batch in running statistics; null leaves them as they are
     */
    public LazyInstanceNorm3d(double eps, Double momentum) {
        this(eps, momentum, true, true);
    }

    /**
     * A normalisation to be.
     *
     * @param eps added to variances
     * @param momentum the weight of the newest batch in running statistics; null leaves them as they are
     * @param affine whether there are weight and bias
     * @param trackRunningStats whether training keeps statistics for evaluation
     */
    public LazyInstanceNorm3d(double eps, Double momentum, boolean affine, boolean trackRunningStats) {
        super(ChannelShape.VOLUMES, eps, momentum, affine, trackRunningStats);
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.trackRunningStats = trackRunningStats;
    }

    @Override
    InstanceNorm3d of(int numFeatures) {
        return new InstanceNorm3d(numFeatures, eps, momentum, affine, trackRunningStats);
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyInstanceNorm3d load(String path) {
        return (LazyInstanceNorm3d) LazyLayer.load(path);
    }
}
