package io.sparknn.d2l;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.tensor.Tensor;

/** An affine map with a rectifier, with parameters of its own. */
public final class MyLinear extends Layer {
    private final Parameter weight;
    private final Parameter bias;

    public MyLinear(int inUnits, int units) {
        super(inUnits, units);
        weight = addParameter("weight", Init.normal(), inUnits, units);
        bias = addParameter("bias", Init.normal(), units);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.matmul(weight).add(bias).relu();
    }
}
