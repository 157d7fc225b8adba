package io.sparknn.examples;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.tensor.Tensor;

/**
 * A fully connected layer with a rectifier; a layer with parameters of its own.
 *
 * <p>{@code y = max(x · weight + bias, 0)}
 *
 * <ul>
 *   <li>input: (N, inUnits)
 *   <li>output: (N, units)
 *   <li>weight: (inUnits, units), normal with mean 0 and deviation 1
 *   <li>bias: (units), normal with mean 0 and deviation 1
 * </ul>
 *
 * <p>Source: Dive into Deep Learning, "Custom Layers".
 *
 * <pre>{@code
 * MyLinear layer = new MyLinear(5, 3);
 * layer.forward(Tensor.rand(2, 5)).shape();                // (2, 3)
 * }</pre>
 */
public final class MyLinear extends Layer {
    private final Parameter weight;
    private final Parameter bias;

    /**
     * A fully connected layer.
     *
     * @param inUnits width of the input
     * @param units width of the output
     */
    public MyLinear(int inUnits, int units) {
        super(inUnits, units); // what the layer is: copying, saving and shipping call this constructor again
        weight = addParameter("weight", Init.normal(), inUnits, units);
        bias = addParameter("bias", Init.normal(), units);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.matmul(weight).add(bias).relu();
    }
}
