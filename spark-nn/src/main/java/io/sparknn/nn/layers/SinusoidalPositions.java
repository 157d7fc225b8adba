package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The place of each element in its row, added to it as sines and cosines: before attention, which sees no order.
 *
 * <p>{@code y_t,2i = x_t,2i + sin(t / 10000^(2i / width))}, {@code y_t,2i+1 = x_t,2i+1 + cos(t / 10000^(2i / width))}
 *
 * <ul>
 *   <li>input, output: (N, L, width), or (N, *, width) where rows differ in length; of any length and width
 * </ul>
 *
 * <p>Errors: an input of another rank. Source: Vaswani et al., Attention is all you need, 2017, 3.5.
 *
 * <pre>{@code
 * Tensor words = Tensor.zeros(5, 10, 32);
 * new SinusoidalPositions().forward(words).get(0, 0, 1);         // 1, the cosine of 0
 * }</pre>
 */
public final class SinusoidalPositions extends StandardLayer<SinusoidalPositions> {
    private static final long serialVersionUID = 1L;

    /** Places of elements of any width. */
    public SinusoidalPositions() {
        super();
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.addPositions();
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static SinusoidalPositions load(String path) {
        return (SinusoidalPositions) Layer.load(path);
    }
}
