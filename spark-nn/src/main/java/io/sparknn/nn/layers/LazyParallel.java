package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyContainer;
import io.sparknn.nn.Module;
import io.sparknn.tensor.Shape;

/** Modules side by side: all on one input, or the i-th on the i-th of as many inputs as there are modules. */
abstract class LazyParallel<L extends Layer, S extends LazyParallel<L, S>> extends LazyContainer<L, S> {
    private static final long serialVersionUID = 1L;

    LazyParallel(Module... modules) {
        super(modules);
        if (modules.length == 0) {
            throw new IllegalArgumentException(who() + " expects one module or more, got none; give it some");
        }
    }

    @Override
    protected final Shape[] inputsOf(int index, Shape[] inputs, Shape before) {
        if (inputs.length != 1 && inputs.length != size()) {
            throw new IllegalArgumentException(Parallel.inputs(who(), size(), inputs.length));
        }
        return new Shape[] {inputs[inputs.length == 1 ? 0 : index]};
    }
}
