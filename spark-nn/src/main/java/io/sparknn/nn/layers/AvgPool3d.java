package io.sparknn.nn.layers;

/**
 * The mean of each window that slides over volumes, channel by channel.
 *
 * <p>{@code y[n, c, q] = Σ_t x[n, c, stride · q + t - padding] / elements of the window}
 *
 * <ul>
 *   <li>input: (N, channels, depth, height, width)
 *   <li>output: (N, channels, ...), each size {@code (size + 2 · padding - kernelSize) / stride + 1},
 *       rounded down, or up with ceilMode
 * </ul>
 *
 * <p>{@code setStride}, {@code setPadding}, {@code setCeilMode} and {@code setCountIncludePad} set what PyTorch takes as
 * arguments. Errors: an input of another rank; a window that
 * does not fit into the padded input; padding of more than half the window. Source: PyTorch's {@code nn.AvgPool3d}, without its divisor.
 *
 * <pre>{@code
 * new AvgPool3d(2).forward(Tensor.rand(2, 2, 8, 10, 10)).shape();     // (2, 2, 4, 5, 5)
 * }</pre>
 */
public final class AvgPool3d extends AvgPooling<AvgPool3d> {
    private static final long serialVersionUID = 1L;

    /**
     * A window that moves by its own size.
     *
     * @param kernelSize size of the window along each axis, at least 1
     */
    public AvgPool3d(int kernelSize) {
        this(new int[] {kernelSize});
    }

    /**
     * A window that moves by a stride.
     *
     * @param kernelSize size of the window along each axis, at least 1
     * @param stride how far it moves, at least 1
     */
    public AvgPool3d(int kernelSize, int stride) {
        this(kernelSize);
        setStride(stride);
    }

    /**
     * A window that moves by a stride over a padded input.
     *
     * @param kernelSize size of the window along each axis, at least 1
     * @param stride how far it moves, at least 1
     * @param padding elements added at both ends, at most half the window
     */
    public AvgPool3d(int kernelSize, int stride, int padding) {
        this(kernelSize, stride);
        setPadding(padding);
    }

    /**
     * A window that moves by its own size.
     *
     * @param kernelSize size of the window, one for all axes or one for each, at least 1
     */
    public AvgPool3d(int[] kernelSize) {
        super(3, kernelSize);
    }
}
