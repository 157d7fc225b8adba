package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;

/**
 * The convolution of series: each output channel is a sum over a window that slides along one axis.
 *
 * <p>{@code y[n, f, q] = bias[f] + Σ_ct weight[f, c, t] · x[n, c, stride · q + dilation · t - padding]}
 *
 * <ul>
 *   <li>input: (N, inChannels, length)
 *   <li>output: (N, outChannels, ...), each size {@code (size + 2 · padding - dilation · (kernelSize - 1) - 1) / stride + 1},
 *       rounded down
 *   <li>weight: (outChannels, inChannels / groups, kernelSize), uniform over ±1/√(inChannels / groups · elements of the kernel)
 *   <li>bias: (outChannels), uniform over the same range
 * </ul>
 *
 * <p>{@code setStride}, {@code setPadding}, {@code setPaddingMode} and {@code setDilation} set what PyTorch takes as
 * arguments. The padding {@code same} keeps the size. Errors: an
 * input of another rank or other channels; a kernel that does not fit into the padded input; groups that do not divide the
 * channels; {@code same} with a stride or an even kernel. Source: PyTorch's {@code nn.Conv1d}, without its input of a single row.
 *
 * <pre>{@code
 * Conv1d conv = new Conv1d(8, 6, 3);
 * conv.forward(Tensor.rand(2, 8, 20)).shape();  // (2, 6, 18)
 * }</pre>
 */
public final class Conv1d extends Convolution<Conv1d> {
    private static final long serialVersionUID = 1L;

    /**
     * A convolution with bias that moves by 1 and adds no padding.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along the axis, at least 1
     */
    public Conv1d(int inChannels, int outChannels, int kernelSize) {
        this(inChannels, outChannels, new int[] {kernelSize}, 1, true);
    }

    /**
     * A convolution with bias, without padding.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along the axis, at least 1
     * @param stride how far the window moves, at least 1
     */
    public Conv1d(int inChannels, int outChannels, int kernelSize, int stride) {
        this(inChannels, outChannels, kernelSize);
        setStride(stride);
    }

    /**
     * A convolution with bias.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along the axis, at least 1
     * @param stride how far the window moves, at least 1
     * @param padding zeros added at both ends, at least 0
     */
    public Conv1d(int inChannels, int outChannels, int kernelSize, int stride, int padding) {
        this(inChannels, outChannels, kernelSize, stride);
        setPadding(padding);
    }

    /**
     * A convolution that moves by 1 and adds no padding.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window, at least 1
     * @param groups parts of the channels that see nothing of each other; divides both numbers of channels
     * @param bias whether a bias is added
     */
    public Conv1d(int inChannels, int outChannels, int[] kernelSize, int groups, boolean bias) {
        super(1, inChannels, outChannels, kernelSize, groups, bias);
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static Conv1d load(String path) {
        return (Conv1d) Layer.load(path);
    }
}
