package io.sparknn.nn.layers;

/**
 * The largest element of each window that slides over volumes, channel by channel.
 *
 * <p>{@code y[n, c, q] = max_t x[n, c, stride · q + dilation · t - padding]}
 *
 * <ul>
 *   <li>input: (N, channels, depth, height, width)
 *   <li>output: (N, channels, ...), each size {@code (size + 2 · padding - dilation · (kernelSize - 1) - 1) / stride + 1},
 *       rounded down, or up with ceilMode
 * </ul>
 *
 * <p>{@code setStride}, {@code setPadding}, {@code setDilation} and {@code setCeilMode} set what PyTorch takes as
 * arguments; padding is never the largest. The gradient goes to the first of equal elements. Errors: an input of another rank; a window that
 * does not fit into the padded input; padding of more than half the window. Source: PyTorch's {@code nn.MaxPool3d}, without its indices.
 *
 * <pre>{@code
 * new MaxPool3d(2).forward(Tensor.rand(2, 2, 8, 10, 10)).shape();     // (2, 2, 4, 5, 5)
 * }</pre>
 */
public final class MaxPool3d extends MaxPooling<MaxPool3d> {
    private static final long serialVersionUID = 1L;

    /**
     * A window that moves by its own size.
     *
     * @param kernelSize size of the window along each axis, at least 1
     */
    public MaxPool3d(int kernelSize) {
        this(new int[] {kernelSize});
    }

    /**
     * A window that moves by a stride.
     *
     * @param kernelSize size of the window along each axis, at least 1
     * @param stride how far it moves, at least 1
     */
    public MaxPool3d(int kernelSize, int stride) {
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
    public MaxPool3d(int kernelSize, int stride, int padding) {
        this(kernelSize, stride);
        setPadding(padding);
    }

    /**
     * A window that moves by its own size.
     *
     * @param kernelSize size of the window, one for all axes or one for each, at least 1
     */
    public MaxPool3d(int[] kernelSize) {
        super(3, kernelSize);
    }
}
