package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;

/**
 * A {@link Gru} that finds the width of its input: from the layer before, the column's metadata, or the first row with
 * elements.
 *
 * <ul>
 *   <li>input: (N, L, inputSize) or (N, *, inputSize) with any inputSize
 *   <li>output: the last state of each row, (N, hiddenSize); with {@link #setReturnSequences} all, (N, *, hiddenSize)
 * </ul>
 *
 * <p>Errors: an input of another rank. Source: PyTorch's {@code nn.GRU}, which has no lazy twin.
 *
 * <pre>{@code
 * Gru gru = new LazyGru(64).build(Shape.of(5, Shape.RAGGED, 32));
 * gru.parameter("weight_ih_l0").shape();         // (192, 32)
 * }</pre>
 */
public final class LazyGru extends LazyRecurrentLayer<Gru, LazyGru> {
    private static final long serialVersionUID = 1L;

    /**
     * One layer from the first element to the last.
     *
     * @param hiddenSize width of the state, at least 1
     */
    public LazyGru(int hiddenSize) {
        this(hiddenSize, 1, false);
    }

    /**
     * One layer or more.
     *
     * @param hiddenSize width of the state, at least 1
     * @param numLayers how many layers, each over the states of the one before
     * @param bidirectional whether each layer also runs from the last element to the first
     */
    public LazyGru(int hiddenSize, int numLayers, boolean bidirectional) {
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
    public LazyGru(int hiddenSize, int numLayers, boolean bidirectional, boolean bias) {
        super(hiddenSize, numLayers, bidirectional, bias);
    }

    @Override
    Gru make(int inputSize, int size, int layers, boolean bothWays, boolean biased) {
        return new Gru(inputSize, size, layers, bothWays, biased);
    }

    @Override
    String name() {
        return "LazyGru";
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyGru load(String path) {
        return (LazyGru) LazyLayer.load(path);
    }
}
