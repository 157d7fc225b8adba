package io.sparknn.d2l;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;

/** The book's FixedHiddenMLP: constant, shared layer, control flow, and one number for the whole batch. */
public final class FixedHiddenMlp extends Layer {
    private final FixedHidden hidden;
    private final Halve halve;

    public FixedHiddenMlp() {
        hidden = addLayer("hidden", new FixedHidden());
        halve = addLayer("halve", new Halve());
    }

    @Override
    public Tensor forward(Tensor x) {
        return halve.forward(hidden.forward(x)).sum();
    }
}
