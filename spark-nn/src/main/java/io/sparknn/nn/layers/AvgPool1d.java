package io.sparknn.nn.layers;

/**
 * The mean of each window that slides over series, channel by channel.
 *
 * <p>{@code y[n, c, q] = Σ_t x[n, c, stride · q + t - padding] / elements of the window}
 *
 * <ul>
 *   <li>input: (N, channels, length)
 *   <li>output: (N, channels, ...), each size {@code (size + 2 · padding - kernelSize) / stride + 1},
 *       rounded down, or up with ceilMode
 * </ul>
 *
 * <p>{@code setStride}, {@code setPadding}, {@code setCeilMode} and {@code setCountIncludePad} set what PyTorch takes as
 * arguments. Errors: an input of another rank; a window that
 * does not fit into the padded input; padding of more than half the window. Source: PyTorch's {@code nn.AvgPool1d}.
 *
 * <pre>{@code
 * new AvgPool1d(2).forward(Tensor.rand(2, 8, 20)).shape();     // (2, 8, 10)
 * }</pre>
 */
public final class AvgPool1d extends AvgPooling<AvgPool1d> {
    private static final long serialVersionUID = 1L;

    /**
     * A window that moves by its own size.
     *
     * @param kernelSize size of the window along the axis, at least 1
     */
    public AvgPool1d(int kernelSize) {
        this(new int[] {kernelSize});
    }

    /**
     * A window that moves by a stride.
     *
     * @param kernelSize size of the window along the axis, at least 1
     * @param stride how far it moves, at least 1
     */
    public AvgPool1d(int kernelSize, int stride) {
        this(kernelSize);
        setStride(stride);
    }

    /**
     * A window that moves by a stride over a padded input.
     *
     * @param kernelSize size of the window along the axis, at least 1
     * @param stride how far it moves, at least 1
     * @param padding elements added at both ends, at most half the window
     */
    public AvgPool1d(int kernelSize, int stride, int padding) {
        this(kernelSize, stride);
        setPadding(padding);
    }

    /**
     * A window that moves by its own size.
     *
     * @param kernelSize size of the window, at least 1
     */
    public AvgPool1d(int[] kernelSize) {
        super(1, kernelSize);
    }
}
