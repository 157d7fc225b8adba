package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.tensor.Shape;
import java.util.function.Supplier;

/** A layer of the catalogue with inputs it takes, and its lazy twin if it has one. */
final class LayerCase {
    final String name;
    final Supplier<Layer> layer;
    final Supplier<LazyLayer<?>> lazy;
    final Shape[] inputs;

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
