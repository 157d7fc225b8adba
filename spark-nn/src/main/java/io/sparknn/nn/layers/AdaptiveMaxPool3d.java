package io.sparknn.nn.layers;

import io.sparknn.tensor.Tensor;

/**
 * The largest element of each of so many parts of volumes, whatever their size, channel by channel.
 *
 * <p>Part i of an axis goes from {@code i · size / parts}, rounded down, to {@code (i + 1) · size / parts}, rounded up.
 *
 * <ul>
 *   <li>input: (N, channels, depth, height, width)
 *   <li>output: (N, channels, outputSize...)
 * </ul>
 *
 * <p>Errors: an input of another rank. Source: PyTorch's {@code nn.AdaptiveMaxPool3d}, without its indices.
 *
 * <pre>{@code
 * new AdaptiveMaxPool3d(1).forward(Tensor.rand(2, 2, 8, 10, 10)).shape();     // (2, 2, 1, 1, 1)
 * }</pre>
 */
public final class AdaptiveMaxPool3d extends AdaptivePooling<AdaptiveMaxPool3d> {
    private static final long serialVersionUID = 1L;

    /**
     * So many parts.
     *
     * @param outputSize how many along each axis, one number for all axes or one for each; -1 for as many as there are elements
     */
    public AdaptiveMaxPool3d(int... outputSize) {
        super(3, outputSize);
    }

    @Override
    Tensor pool(Tensor x, int... sizes) {
        return x.adaptiveMaxPool(sizes);
    }
}
