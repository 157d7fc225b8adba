package io.sparknn.nn.layers;

/**
 * The largest element of each window that slides over images, channel by channel.
 *
 * <p>{@code y[n, c, q] = max_t x[n, c, stride · q + dilation · t - padding]}
 *
 * <ul>
 *   <li>input: (N, channels, height, width)
 *   <li>output: (N, channels, ...), each size {@code (size + 2 · padding - dilation · (kernelSize - 1) - 1) / stride + 1},
 *       rounded down, or up with ceilMode
 * </ul>
 *
 * <p>{@code setStride}, {@code setPadding}, {@code setDilation} and {@code setCeilMode} set what PyTorch takes as
 * arguments; padding is never the largest. The gradient goes to the first of equal elements. Errors: an input of another rank; a window that
 * does not fit into the padded input; padding of more than half the window. Source: PyTorch's {@code nn.MaxPool2d}, without its indices.
 *
 * <pre>{@code
 * new MaxPool2d(2).forward(Tensor.rand(2, 3, 28, 28)).shape();     // (2, 3, 14, 14)
 * }</pre>
 */
public final class MaxPool2d extends MaxPooling<MaxPool2d> {
    private static final long serialVersionUID = 1L;

    /**
     * A window that moves by its own size.
     *
     * @param kernelSize size of the window along each axis, at least 1
     */
    public MaxPool2d(int kernelSize) {
        this(new int[] {kernelSize});
    }

    /**
     * A window that moves by a stride.
     *
     * @param kernelSize size of the window along each axis, at least 1
     * @param stride how far it moves, at least 1
     */
    public MaxPool2d(int kernelSize, int stride) {
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
    public MaxPool2d(int kernelSize, int stride, int padding) {
        this(kernelSize, stride);
        setPadding(padding);
    }

    /**
     * A window that moves by its own size.
     *
     * @param kernelSize size of the window, one for all axes or one for each, at least 1
     */
    public MaxPool2d(int[] kernelSize) {
        super(2, kernelSize);
    }
}
