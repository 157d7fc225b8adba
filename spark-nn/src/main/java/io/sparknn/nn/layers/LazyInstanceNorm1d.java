package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;

/**
 * A {@link InstanceNorm1d} that finds the number of channels, on axis 1 of its input, and leaves running statistics as
 * they are while it does.
 *
 * <p>Unlike its ready twin it has weight, bias and running statistics unless told otherwise, as PyTorch's has.
 *
 * <ul>
 *   <li>input: (N, C, L) with any C
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: an input of another rank, as of one row without the axis of rows. Source:
 * PyTorch's {@code nn.LazyInstanceNorm1d}.
 *
 * <pre>{@code
 * InstanceNorm1d norm = new LazyInstanceNorm1d().build(Shape.of(32, 3, 5));
 * norm.parameter("weight").shape();            // (3)
 * }</pre>
 */
public final class LazyInstanceNorm1d extends LazyRunningNorm<InstanceNorm1d, LazyInstanceNorm1d> {
    private static final long serialVersionUID = 1L;

    private final double eps;
    private final Double momentum;
    private final boolean affine;
    private final boolean trackRunningStats;

    /** With weight, bias and running statistics, an eps of 1e-5 and a momentum of 0.1. */
    public LazyInstanceNorm1d() {
        this(NormArguments.EPS, NormArguments.MOMENTUM);
    }

    /**
     * With weight, bias and running statistics.
     *
     * @param eps added to variances
     * @param momentum the weight of the newest batch in running statistics; null leaves them as they are
     */
    public LazyInstanceNorm1d(double eps, Double momentum) {
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
    public LazyInstanceNorm1d(double eps, Double momentum, boolean affine, boolean trackRunningStats) {
        super(ChannelShape.SERIES, eps, momentum, affine, trackRunningStats);
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.trackRunningStats = trackRunningStats;
    }

    @Override
    InstanceNorm1d of(int numFeatures) {
        return new InstanceNorm1d(numFeatures, eps, momentum, affine, trackRunningStats);
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyInstanceNorm1d load(String path) {
        return (LazyInstanceNorm1d) LazyLayer.load(path);
    }
}
