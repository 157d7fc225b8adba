package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;

/**
 * Layers side by side whose outputs are joined on the last axis: all on one input, or with several input columns the
 * i-th layer on the i-th column.
 *
 * <p>{@code y = [f0(x0), f1(x1), ...]}
 *
 * <ul>
 *   <li>input: one that all layers take, or one for each layer
 *   <li>output: the layers' outputs, whose last sizes add up; their other sizes are equal
 * </ul>
 *
 * <p>The layers are called 0, 1, .... Errors: no layer; a number of inputs that is neither 1 nor that of the layers;
 * outputs that differ on another axis than the last. Source: PyTorch's {@code torch.cat(..., dim=-1)}.
 *
 * <pre>{@code
 * Concat wide = new Concat(new Linear(8, 3), new Identity());
 * wide.forward(Tensor.rand(2, 8)).shape();    // (2, 11)
 * }</pre>
 */
public final class Concat extends Parallel<Concat> {
    private static final long serialVersionUID = 1L;

    /**
     * Layers side by side.
     *
     * @param layers one layer or more
     */
    public Concat(Layer... layers) {
        super(layers);
    }

    @Override
    Tensor joined(Tensor... outputs) {
        return Tensor.cat(-1, outputs);
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static Concat load(String path) {
        return (Concat) Layer.load(path);
    }
}
