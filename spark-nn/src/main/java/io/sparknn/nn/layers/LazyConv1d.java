package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;

/**
 * A {@link Conv1d} that finds the channels of its input.
 *
 * <ul>
 *   <li>input: (N, inChannels, length) with any inChannels
 *   <li>output: (N, outChannels, ...) as of {@link Conv1d}
 * </ul>
 *
 * <p>Errors: an input of another rank; channels that groups does not divide; those of {@link Conv1d}. Source: PyTorch's
 * {@code nn.LazyConv1d}.
 *
 * <pre>{@code
 * Conv1d conv = new LazyConv1d(6, 3).build(Shape.of(32, 8, 20));
 * conv.parameter("weight").shape();           // (6, 8, 3)
 * }</pre>
 */
public final class LazyConv1d extends LazyConvolution<Conv1d, LazyConv1d> {
    private static final long serialVersionUID = 1L;

    /**
     * A convolution with bias that moves by 1 and adds no padding.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along the axis, at least 1
     */
    public LazyConv1d(int outChannels, int kernelSize) {
        this(outChannels, new int[] {kernelSize}, 1, true);
    }

    /**
     * A convolution with bias, without padding.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along the axis, at least 1
     * @param stride how far the window moves, at least 1
     */
    public LazyConv1d(int outChannels, int kernelSize, int stride) {
        this(outChannels, kernelSize);
        setStride(stride);
    }

    /**
     * A convolution with bias.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window along the axis, at least 1
     * @param stride how far the window moves, at least 1
     * @param padding zeros added at both ends, at least 0
     */
    public LazyConv1d(int outChannels, int kernelSize, int stride, int padding) {
        this(outChannels, kernelSize, stride);
        setPadding(padding);
    }

    /**
     * A convolution that moves by 1 and adds no padding.
     *
     * @param outChannels channels of the output, at least 1
     * @param kernelSize size of the window, at least 1
     * @param groups parts of the channels that see nothing of each other; divides both numbers of channels
     * @param bias whether a bias is added
     */
    public LazyConv1d(int outChannels, int[] kernelSize, int groups, boolean bias) {
        super(1, outChannels, kernelSize, groups, bias);
    }

    @Override
    Conv1d make(int inChannels, int outputs, int[] kernel, int groups, boolean bias) {
        return new Conv1d(inChannels, outputs, kernel, groups, bias);
    }

    @Override
    SlideParams params(Conv1d layer) {
        return layer.slideParams();
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyConv1d load(String path) {
        return (LazyConv1d) LazyLayer.load(path);
    }
}
