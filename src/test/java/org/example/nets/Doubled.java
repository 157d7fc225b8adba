package org.example.nets;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;

/** A layer that is not the library's, as users have them. */
public final class Doubled extends Layer {
    private static final long serialVersionUID = 1L;

    /** What it does to its input's sign. */
    public enum Sign {
        /** Nothing. */
        KEPT,
        /** It is turned. */
        TURNED
    }

    private final Sign sign;

    /** Keeps the sign. */
    public Doubled() {
        this(Sign.KEPT);
    }

    /** A layer of a given kind. */
    public Doubled(Sign sign) {
        super(sign);
        this.sign = sign;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.mul(sign == Sign.KEPT ? 2 : -2);
    }
}
