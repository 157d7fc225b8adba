package io.sparknn.nn.layers;

/**
 * The layer that drops whole channels of volumes at random while training: neighbours in a channel tell much the same, so
 * dropping single elements would drop little.
 *
 * <p>{@code y[n, c, ...] = x[n, c, ...] · m[n, c] / (1 - p)}, where each m[n, c] is 0 with probability p, else 1
 *
 * <ul>
 *   <li>input: (N, C, depth, height, width)
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Evaluation passes the input on. The channels dropped come from the seed of the pass, for any number of workers.
 * Errors: a p outside [0, 1]; an input of another rank. Source: Tompson et al., "Efficient object localization using
 * convolutional networks", CVPR 2015; PyTorch's {@code nn.Dropout3d}.
 *
 * <pre>{@code
 * new Dropout3d(0.2).forward(Tensor.rand(2, 3, 4, 8, 8)).shape(); // (2, 3, 4, 8, 8), as it came, for this is no training
 * }</pre>
 */
public final class Dropout3d extends ChannelDropout<Dropout3d> {
    private static final long serialVersionUID = 1L;

    /** Drops one channel of two. */
    public Dropout3d() {
        this(HALF);
    }

    /**
     * Drops channels.
     *
     * @param p the share of channels dropped, from 0 to 1
     */
    public Dropout3d(double p) {
        super(3, p);
    }
}
