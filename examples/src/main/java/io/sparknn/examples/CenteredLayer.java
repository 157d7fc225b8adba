package io.sparknn.examples;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;

/**
 * Subtracts the mean of all values; a layer without parameters.
 *
 * <p>{@code y = x - mean(x)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>A DataFrame is one batch, so {@code transform} subtracts the mean over all rows of all partitions.
 *
 * <p>Source: Dive into Deep Learning, "Custom Layers".
 *
 * <pre>{@code
 * new CenteredLayer().forward(Tensor.of(1, 2, 3, 4, 5));   // [-2, -1, 0, 1, 2]
 * }</pre>
 */
public final class CenteredLayer extends Layer {
    /** A layer that centres. */
    public CenteredLayer() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.sub(x.mean());
    }
}
