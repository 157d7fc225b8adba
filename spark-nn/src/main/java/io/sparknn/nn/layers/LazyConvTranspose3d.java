package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;

/**
 * A {@link ConvTranspose3d} that finds the channels of its input.
 *
 * <ul>
 *   <li>input: (N, inChannels, depth, height, width) with any inChannels
 *   <li>output: (N, outChannels, ...) as of {@link ConvTranspose3d}
 * </ul>
 *
 * <p>Errors: an input of another rank; channels that groups does not divide; those of {@link ConvTranspose3d}. Source: PyTorch's
 * {@code nn.LazyConvTranspose3d}.
 *
 * <pre>{@code
 * ConvTranspose3d conv = new LazyConvTranspose3d(6, 3).build(Shape.of(32, 2, 8, 9, 9));
 * conv.parameter("weight").shape();           // (2, 6, 3, 3, 3)
 * }</pre>
 */
public final class LazyConvTranspose3d extends LazyTransposedConvolution<ConvTranspose3d, LazyConvTranspose3d> {
    private static final long serialVersionUID = 1L;

    /**
     * A transposed convolution with bias that moves by 1 and cuts nothing off.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along each axis, at least 1
     */
    public LazyConvTranspose3d(int outChannels, int kernelSize) {
        this(outChannels, new int[] {kernelSize}, 1, true);
    }

    /**
     * A transposed convolution with bias, without padding.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along each axis, at least 1
     * @param stride how far the window moves, at least 1
     */
    public LazyConvTranspose3d(int outChannels, int kernelSize, int stride) {
        this(outChannels, kernelSize);
        setStride(stride);
    }

    /**
     * A transposed convolution with bias.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along each axis, at least 1
     * @param stride how far the window moves, at least 1
     * @param padding elements cut off at both ends of the output, at least 0
     */
    public LazyConvTranspose3d(int outChannels, int kernelSize, int stride, int padding) {
        this(outChannels, kernelSize, stride);
        setPadding(padding);
    }

    /**
     * A transposed convolution that moves by 1 and cuts nothing off.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window, one for all axes or one for each, at least 1
     * @param groups parts of the channels that see nothing of each other; divides both numbers of channels
     * @param bias whether a bias is added
     */
    public LazyConvTranspose3d(int outChannels, int[] kernelSize, int groups, boolean bias) {
        super(3, outChannels, kernelSize, groups, bias);
    }

    @Override
    ConvTranspose3d make(int inChannels, int outputs, int[] kernel, int groups, boolean bias) {
        return new ConvTranspose3d(inChannels, outputs, kernel, groups, bias);
    }

    @Override
    SlideParams params(ConvTranspose3d layer) {
        return layer.slideParams();
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyConvTranspose3d load(String path) {
        return (LazyConvTranspose3d) LazyLayer.load(path);
    }
}
