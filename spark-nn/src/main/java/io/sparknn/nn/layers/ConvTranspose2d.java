package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;

/**
 * The transpose of {@link Conv2d}, which makes images larger: each element of the input is spread over a window of the
 * output.
 *
 * <p>{@code y[n, f, stride · q + dilation · t - padding] = bias[f] + Σ_ct weight[c, f, t] · x[n, c, q]}
 *
 * <ul>
 *   <li>input: (N, inChannels, height, width)
 *   <li>output: (N, outChannels, ...), each size {@code (size - 1) · stride - 2 · padding + dilation · (kernelSize - 1) + 1 +
 *       outputPadding}
 *   <li>weight: (inChannels, outChannels / groups, kernelSize...), uniform over ±1/√(outChannels / groups · elements of the
 *       kernel)
 *   <li>bias: (outChannels), uniform over the same range
 * </ul>
 *
 * <p>{@code setStride}, {@code setPadding}, {@code setOutputPadding} and {@code setDilation} set what PyTorch takes as
 * arguments, {@code setOutputSize} what it takes in forward. Errors: an input of another rank or other channels; groups that
 * do not divide the channels; an output padding that is below neither stride nor dilation; an output of size 0 or less.
 * Source: PyTorch's {@code nn.ConvTranspose2d}, without its input of a single row; like there, only zeros pad.
 *
 * <pre>{@code
 * ConvTranspose2d conv = new ConvTranspose2d(3, 6, 3).setStride(2);
 * conv.forward(Tensor.rand(2, 3, 28, 28)).shape();  // (2, 6, 57, 57)
 * }</pre>
 */
public final class ConvTranspose2d extends TransposedConvolution<ConvTranspose2d> {
    private static final long serialVersionUID = 1L;

    /**
     * A transposed convolution with bias that moves by 1 and cuts nothing off.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along each axis, at least 1
     */
    public ConvTranspose2d(int inChannels, int outChannels, int kernelSize) {
        this(inChannels, outChannels, new int[] {kernelSize}, 1, true);
    }

    /**
     * A transposed convolution with bias, without padding.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along each axis, at least 1
     * @param stride how far the window moves over the output, at least 1
     */
    public ConvTranspose2d(int inChannels, int outChannels, int kernelSize, int stride) {
        this(inChannels, outChannels, kernelSize);
        setStride(stride);
    }

    /**
     * A transposed convolution with bias.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along each axis, at least 1
     * @param stride how far the window moves over the output, at least 1
     * @param padding elements cut off at both ends of the output, at least 0
     */
    public ConvTranspose2d(int inChannels, int outChannels, int kernelSize, int stride, int padding) {
        this(inChannels, outChannels, kernelSize, stride);
        setPadding(padding);
    }

    /**
     * A transposed convolution that moves by 1 and cuts nothing off.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window, one for all axes or one for each, at least 1
     * @param groups parts of the channels that see nothing of each other; divides both numbers of channels
     * @param bias whether a bias is added
     */
    public ConvTranspose2d(int inChannels, int outChannels, int[] kernelSize, int groups, boolean bias) {
        super(2, inChannels, outChannels, kernelSize, groups, bias);
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static ConvTranspose2d load(String path) {
        return (ConvTranspose2d) Layer.load(path);
    }
}
