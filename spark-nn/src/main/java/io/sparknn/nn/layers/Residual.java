package io.sparknn.nn.layers;

import io.sparknn.nn.Container;
import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;

/**
 * A layer whose output is added to its input, so that it learns what to change.
 *
 * <p>{@code y = x + f(x)}
 *
 * <ul>
 *   <li>input: any shape that f keeps
 *   <li>output: the same shape
 * </ul>
 *
 * <p>The layer f is called 0. Errors: an f that changes the shape. Source: He et al., "Deep Residual Learning for Image
 * Recognition", 2015, arXiv:1512.03385.
 *
 * <pre>{@code
 * Residual block = new Residual(new Sequential(new Linear(8, 8), new Relu()));
 * block.forward(Tensor.rand(2, 8)).shape();   // (2, 8)
 * }</pre>
 */
public final class Residual extends Container<Residual> {
    private static final long serialVersionUID = 1L;

    /**
     * A layer with a way around it.
     *
     * @param layer the layer f
     */
    public Residual(Layer layer) {
        super(layer);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor change = layer(0).forward(x);
        // Not left to broadcasting, which would take some other shapes without a word.
        if (!change.shape().equals(x.shape())) {
            throw new IllegalArgumentException(who() + " expects its layer to keep the shape " + x.shape() + ", got "
                    + change.shape() + "; end it with a layer of the input's width");
        }
        return x.add(change);
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static Residual load(String path) {
        return (Residual) Layer.load(path);
    }
}
