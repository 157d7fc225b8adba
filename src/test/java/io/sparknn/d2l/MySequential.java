package io.sparknn.d2l;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;

/** A chain of one's own: registers its children in order and calls them one after another. */
public final class MySequential extends Layer {
    public MySequential(Layer... layers) {
        super((Object) layers);
        for (int i = 0; i < layers.length; i++) {
            addLayer(String.valueOf(i), layers[i]);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = x;
        for (Layer layer : layers().values()) {
            y = layer.forward(y);
        }
        return y;
    }
}
