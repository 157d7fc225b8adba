package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;

/**
 * Layers side by side whose outputs are summed: all on one input, or with several input columns the i-th layer on the
 * i-th column.
 *
 * <p>{@code y = f0(x0) + f1(x1) + ...}
 *
 * <ul>
 *   <li>input: one that all layers take, or one for each layer
 *   <li>output: the shape that all the layers' outputs have
 * </ul>
 *
 * <p>The layers are called 0, 1, .... Errors: no layer; a number of inputs that is neither 1 nor that of the layers;
 * outputs of different shapes.
 *
 * <pre>{@code
 * Add sum = new Add(new Linear(8, 3), new Linear(8, 3));
 * sum.forward(Tensor.rand(2, 8)).shape();     // (2, 3)
 * }</pre>
 */
public final class Add extends Parallel<Add> {
    private static final long serialVersionUID = 1L;

    /**
     * Layers side by side.
     *
     * @param layers one layer or more
     */
    public Add(Layer... layers) {
        super(layers);
    }

    @Override
    Tensor joined(Tensor... outputs) {
        Tensor sum = outputs[0];
        for (int i = 1; i < outputs.length; i++) {
            // Not left to broadcasting, which would take some other shapes without a word.
            if (!outputs[i].shape().equals(sum.shape())) {
                throw new IllegalArgumentException(who() + " expects its layers to give equal shapes, got "
                        + sum.shape() + " from layer 0 and " + outputs[i].shape() + " from layer " + i
                        + "; give them equal widths");
            }
            sum = sum.add(outputs[i]);
        }
        return sum;
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static Add load(String path) {
        return (Add) Layer.load(path);
    }
}
