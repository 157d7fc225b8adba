package io.sparknn.d2l;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.tensor.Tensor;

/** A reduction of every pair of inputs: {@code y_k = sum_ij W_ijk x_i x_j}. */
public final class QuadraticForms extends Layer {
    private final int inUnits;
    private final int units;
    private final Parameter weight;

    public QuadraticForms(int inUnits, int units) {
        super(inUnits, units);
        this.inUnits = inUnits;
        this.units = units;
        weight = addParameter("weight", Init.normal(), inUnits, inUnits, units);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor pairs = x.unsqueeze(2).mul(x.unsqueeze(1));
        return pairs.reshape(-1, inUnits * inUnits).matmul(weight.reshape(inUnits * inUnits, units));
    }
}
