package io.sparknn.d2l;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;

/** Takes the mean of the whole input away: of all rows and columns. */
public final class CenteredLayer extends Layer {
    @Override
    public Tensor forward(Tensor x) {
        return x.sub(x.mean());
    }
}
