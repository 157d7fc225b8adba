package io.sparknn.lazy;

import io.sparknn.nn.LazyLayer;
import io.sparknn.tensor.Shape;
import java.util.Map;

/** The lazy twin of {@link Held}: as wide as its input, or as what is loaded into it. */
public final class LazyHeld extends LazyLayer<Held> {
    private static final long serialVersionUID = 1L;

    private final boolean trained;

    /** Builds a layer with a parameter, or with a buffer. */
    public LazyHeld(boolean trained) {
        super(trained);
        this.trained = trained;
    }

    @Override
    public Held build(Shape input) {
        return new Held(input.last(), trained);
    }

    @Override
    protected Shape inputShape(Map<String, Shape> weights) {
        return Shape.of(Shape.UNKNOWN, weights.get("held").dim(0));
    }
}
