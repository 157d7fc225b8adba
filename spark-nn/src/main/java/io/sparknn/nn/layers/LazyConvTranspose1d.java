package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;

/**
 * A {@link ConvTranspose1d} that finds the channels of its input.
 *
 * <ul>
 *   <li>input: (N, inChannels, length) with any inChannels
 *   <li>output: (N, outChannels, ...) as of {@link ConvTranspose1d}
 * </ul>
 *
 * <p>Errors: an input of another rank; channels that groups does not divide; those of {@link ConvTranspose1d}. Source: PyTorch's
 * {@code nn.LazyConvTranspose1d}.
 *
 * <pre>{@code
 * ConvTranspose1d conv = new LazyConvTranspose1d(6, 3).build(Shape.of(32, 8, 20));
 * conv.parameter("weight").shape();           // (8, 6, 3)
 * }</pre>
 */
public final class LazyConvTranspose1d extends LazyTransposedConvolution<ConvTranspose1d, LazyConvTranspose1d> {
    private static final long serialVersionUID = 1L;

    /**
     * A transposed convolution with bias that moves by 1 and cuts nothing off.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along the axis, at least 1
     */
    public LazyConvTranspose1d(int outChannels, int kernelSize) {
        this(outChannels, new int[] {kernelSize}, 1, true);
    }

    /**
     * A transposed convolution with bias, without padding.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along the axis, at least 1
     * @param stride how far the window moves, at least 1
     */
    public LazyConvTranspose1d(int outChannels, int kernelSize, int stride) {
        this(outChannels, kernelSize);
        setStride(stride);
    }

    /**
     * A transposed convolution with bias.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along the axis, at least 1
     * @param stride how far the window moves, at least 1
     * @param padding elements cut off at both ends of the output, at least 0
     */
    public LazyConvTranspose1d(int outChannels, int kernelSize, int stride, int padding) {
        this(outChannels, kernelSize, stride);
        setPadding(padding);
    }

    /**
     * A transposed convolution that moves by 1 and cuts nothing off.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window, at least 1
     * @param groups parts of the channels that see nothing of each other; divides both numbers of channels
     * @param bias whether a bias is added
     */
    public LazyConvTranspose1d(int outChannels, int[] kernelSize, int groups, boolean bias) {
        super(1, outChannels, kernelSize, groups, bias);
    }

    @Override
    ConvTranspose1d make(int inChannels, int outputs, int[] kernel, int groups, boolean bias) {
        return new ConvTranspose1d(inChannels, outputs, kernel, groups, bias);
    }

    @Override
    SlideParams params(ConvTranspose1d layer) {
        return layer.slideParams();
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyConvTranspose1d load(String path) {
        return (LazyConvTranspose1d) LazyLayer.load(path);
    }
}
