package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;
import org.apache.spark.ml.param.Param;

/**
 * A {@link Rnn} that finds the width of its input: from the layer before, the column's metadata, or the first row with
 * elements.
 *
 * <ul>
 *   <li>input: (N, L, inputSize) or (N, *, inputSize) with any inputSize
 *   <li>output: the last state of each row, (N, hiddenSize); with {@link #setReturnSequences} all, (N, *, hiddenSize)
 * </ul>
 *
 * <p>Errors: an input of another rank. Source: PyTorch's {@code nn.RNN}, which has no lazy twin.
 *
 * <pre>{@code
 * Rnn rnn = new LazyRnn(64).build(Shape.of(5, Shape.RAGGED, 32));
 * rnn.parameter("weight_ih_l0").shape();         // (64, 32)
 * }</pre>
 */
public final class LazyRnn extends LazyRecurrentLayer<Rnn, LazyRnn> {
    private static final long serialVersionUID = 1L;

    /**
     * One layer from the first element to the last.
     *
     * @param hiddenSize width of the state, at least 1
     */
    public LazyRnn(int hiddenSize) {
        this(hiddenSize, 1, false);
    }

    /**
     * One layer or more.
     *
     * @param hiddenSize width of the state, at least 1
     * @param numLayers how many layers, each over the states of the one before
     * @param bidirectional whether each layer also runs from the last element to the first
     */
    public LazyRnn(int hiddenSize, int numLayers, boolean bidirectional) {
        this(hiddenSize, numLayers, bidirectional, true);
    }

    /**
     * One layer or more, with biases or without.
     *
     * @param hiddenSize width of the state, at least 1
     * @param numLayers how many layers, each over the states of the one before
     * @param bidirectional whether each layer also runs from the last element to the first
     * @param bias whether there are biases
     */
    public LazyRnn(int hiddenSize, int numLayers, boolean bidirectional, boolean bias) {
        super(hiddenSize, numLayers, bidirectional, bias);
        setDefault(nonlinearity, Rnn.TANH);
    }

    /**
     * Param: what bounds the state, {@code tanh}, the default, or {@code relu}, which does not bound it.
     *
     * @return the Param
     */
    public Param<String> nonlinearity() {
        return nonlinearity;
    }

    /**
     * Sets the function behind the sums.
     *
     * @param name {@code tanh} or {@code relu}
     * @return this
     */
    public LazyRnn setNonlinearity(String name) {
        set(nonlinearity, name);
        return this;
    }

    @Override
    Rnn make(int inputSize, int size, int layers, boolean bothWays, boolean biased) {
        Rnn layer = new Rnn(inputSize, size, layers, bothWays, biased);
        return isSet(nonlinearity) ? layer.setNonlinearity(getOrDefault(nonlinearity)) : layer;
    }

    @Override
    String name() {
        return "LazyRnn";
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyRnn load(String path) {
        return (LazyRnn) LazyLayer.load(path);
    }
}
