package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.tensor.Shape;
import java.util.function.Supplier;

/** A layer of the catalogue with inputs it takes, and its lazy twin if it has one. */
public final class LayerCase {
    public final String name;
    public final Supplier<Layer> layer;
    public final Supplier<LazyLayer<?>> lazy;
    public final Shape[] inputs;

    LayerCase(String name, Supplier<Layer> layer, Supplier<LazyLayer<?>> lazy, Shape... inputs) {
        this.name = name;
        this.layer = layer;
        this.lazy = lazy;
        this.inputs = inputs;
    }

    @Override
    public String toString() {
        return name;
    }
}
