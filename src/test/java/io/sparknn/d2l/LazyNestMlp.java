package io.sparknn.d2l;

import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;

/** A {@link NestMlp} that writes no input width down: it builds its lazy children, each on what the one before gives. */
public final class LazyNestMlp extends LazyLayer<NestMlp> {
    public LazyNestMlp() {}

    @Override
    public NestMlp build(Shape input) {
        Sequential net =
                new LazySequential(new LazyLinear(64), new Relu(), new LazyLinear(32), new Relu()).build(input);
        return new NestMlp(net, new LazyLinear(16).build(net.outputShape(input)));
    }
}
