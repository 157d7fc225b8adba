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
public final class Sequential extends StandardLayer<Sequential> {
    private final Layer[] layers;

    /**
     * A chain.
     *
     * @param layers the layers in order; the first one may take several inputs
     */
    public Sequential(Layer... layers) {
        super((Object) layers.clone());
        this.layers = layers.clone();
        for (int i = 0; i < layers.length; i++) {
            addLayer(String.valueOf(i), layers[i]);
        }
    }

    @Override
    public Tensor forward(Tensor... x) {
        if (layers.length == 0) {
            return x[0];
        }
        Tensor y = x.length == 1 ? layers[0].forward(x[0]) : layers[0].forward(x);
        for (int i = 1; i < layers.length; i++) {
            y = layers[i].forward(y);
        }
        return y;
    }

    @Override
    protected int[] inputSizes() {
        int[] own = super.inputSizes();
        return own != null || layers.length == 0 ? own : layers[0].inputSizes();
    }

    /**
     * The number of layers.
     *
     * @return at least 0
     */
    public int size() {
        return layers.length;
    }

    /**
     * One of the layers.
     *
     * @param index its place, from 0
     * @return the layer itself
     */
    public Layer layer(int index) {
        if (index < 0 || index >= layers.length) {
            throw new IllegalArgumentException(
                    who() + " expects a place from 0 to " + (layers.length - 1) + ", got " + index);
        }
        return layers[index];
    }

    /**
     * Some of the layers as a chain of their own, which shares them.
     *
     * @param from the first place
     * @param to the place behind the last one
     * @return a new chain of the same layers
     */
    public Sequential layers(int from, int to) {
        if (from < 0 || to > layers.length || from > to) {
            throw new IllegalArgumentException(
                    who() + " expects places from 0 to " + layers.length + ", got " + from + " to " + to);
        }
        return new Sequential(Arrays.copyOfRange(layers, from, to));
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
