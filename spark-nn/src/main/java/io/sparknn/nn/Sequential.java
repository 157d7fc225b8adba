package io.sparknn.nn;

import io.sparknn.tensor.Tensor;
import java.util.Arrays;

/**
 * Layers one after another, {@code y = fn(... f1(x))}; ready at once. Its lazy twin is {@link LazySequential}.
 *
 * <p>Children are called 0, 1, ..., so parameters are {@code 0.weight} and so on, as in PyTorch. The same layer twice
 * shares its parameters. A DataFrame is scored in one pass for the whole chain.
 *
 * <pre>{@code
 * Sequential net = new Sequential(new Linear(8, 128), new Relu(), new Linear(128, 1));
 * net.forward(Tensor.rand(2, 8)).shape();     // (2, 1)
 * }</pre>
 */
public final class Sequential extends Container<Sequential> {
    private static final long serialVersionUID = 1L;

    /**
     * A chain.
     *
     * @param layers the layers in order; the first one may take several inputs
     */
    public Sequential(Layer... layers) {
        super(layers);
    }

    @Override
    public Tensor forward(Tensor... x) {
        if (size() == 0) {
            return x[0];
        }
        Tensor y = x.length == 1 ? layer(0).forward(x[0]) : layer(0).forward(x);
        for (int i = 1; i < size(); i++) {
            y = layer(i).forward(y);
        }
        return y;
    }

    @Override
    protected Layer[] readers() {
        return size() == 0 ? new Layer[0] : new Layer[] {layer(0)};
    }

    /**
     * Some of the layers as a chain of their own, which shares them.
     *
     * @param from the first place
     * @param to the place behind the last one
     * @return a new chain of the same layers
     */
    public Sequential layers(int from, int to) {
        if (from < 0 || to > size() || from > to) {
            throw new IllegalArgumentException(
                    who() + " expects places from 0 to " + size() + ", got " + from + " to " + to);
        }
        Layer[] some = new Layer[to - from];
        Arrays.setAll(some, i -> layer(from + i));
        return new Sequential(some);
    }

    /**
     * Loads a saved chain.
     *
     * @param path a directory written by {@code save}
     * @return the chain
     */
    public static Sequential load(String path) {
        return new ModuleReader<>(Sequential.class).load(path);
    }
}
