package io.sparknn.nn.layers;

import io.sparknn.nn.Container;
import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;

/** Layers side by side: all on one input, or the i-th on the i-th of as many inputs as there are layers. */
abstract class Parallel<S extends Parallel<S>> extends Container<S> {
    private static final long serialVersionUID = 1L;

    Parallel(Layer... layers) {
        super(layers);
        if (layers.length == 0) {
            throw new IllegalArgumentException(who() + " expects one layer or more, got none; give it some");
        }
    }

    /** Puts the outputs together. */
    abstract Tensor joined(Tensor... outputs);

    @Override
    public final Tensor forward(Tensor... x) {
        int count = size();
        if (x.length != 1 && x.length != count) {
            throw new IllegalArgumentException(inputs(who(), count, x.length));
        }
        Tensor[] outputs = new Tensor[count];
        for (int i = 0; i < count; i++) {
            outputs[i] = layer(i).forward(x[x.length == 1 ? 0 : i]);
        }
        return joined(outputs);
    }

    static String inputs(String who, int count, int actual) {
        return who + " expects 1 input, or one for each of its " + count + " layers, got " + actual
                + "; call setInputCol with one column or setInputCols with " + count;
    }
}
