package io.sparknn.lazy;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.tensor.Tensor;

/** A layer as a user writes it, which holds one square tensor: a parameter, or a buffer that is not trained. */
public final class Held extends Layer {
    private static final long serialVersionUID = 1L;

    private final Parameter held;

    /** A tensor of zeros. */
    public Held(int width, boolean trained) {
        super(width, trained);
        held = trained
                ? addParameter("held", Init.zeros(), width, width)
                : addBuffer("held", Init.zeros(), width, width);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.matmul(held);
    }
}
