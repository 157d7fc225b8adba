package io.sparknn.nn.layers;

import io.sparknn.tensor.Tensor;

/**
 * The mean of each of so many parts of series, whatever their size, channel by channel.
 *
 * <p>Part i of an axis goes from {@code i · size / parts}, rounded down, to {@code (i + 1) · size / parts}, rounded up.
 *
 * <ul>
 *   <li>input: (N, channels, length)
 *   <li>output: (N, channels, outputSize)
 * </ul>
 *
 * <p>Errors: an input of another rank. Source: PyTorch's {@code nn.AdaptiveAvgPool1d}.
 *
 * <pre>{@code
 * new AdaptiveAvgPool1d(1).forward(Tensor.rand(2, 8, 20)).shape();     // (2, 8, 1)
 * }</pre>
 */
public final class AdaptiveAvgPool1d extends AdaptivePooling<AdaptiveAvgPool1d> {
    private static final long serialVersionUID = 1L;

    /**
     * So many parts.
     *
     * @param outputSize how many along the axis; -1 for as many as there are elements
     */
    public AdaptiveAvgPool1d(int... outputSize) {
        super(1, outputSize);
    }

    @Override
    Tensor pool(Tensor x, int... sizes) {
        return x.adaptiveAvgPool(sizes);
    }
}
