package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Unroll;

/**
 * Long short-term memory over the elements of each row, however many it has.
 *
 * <p>{@code i, f, o = σ(W_i x + b_i + W_h h + b_h)}, {@code g = tanh(...)} likewise, {@code c_t = f · c_(t-1) + i · g},
 * {@code h_t = o · tanh(c_t)}
 *
 * <ul>
 *   <li>input: (N, L, inputSize), or (N, *, inputSize) where rows differ in length
 *   <li>output: the last state of each row, (N, hiddenSize), 0 for a row without elements; with
 *       {@link #setReturnSequences} that of every element, (N, *, hiddenSize). If bidirectional, 2 · hiddenSize: the states
 *       of both directions side by side, each the last one of its own direction
 *   <li>weight_ih_l0: (4 · hiddenSize, inputSize), weight_hh_l0: (4 · hiddenSize, hiddenSize), bias_ih_l0 and bias_hh_l0: (4 · hiddenSize);
 *       gates in the order input,
 *       forget, cell, output; of further layers with l1 and so on, of the other direction with {@code _reverse} behind. Uniform over
 *       ±1/√hiddenSize
 * </ul>
 *
 * <p>In training, {@link #setDropout} drops states between layers. Errors: an input of another rank or width. Cost: a matrix product for each step of the longest row, over the rows that
 * are still running. Source: PyTorch's {@code nn.LSTM} with {@code batch_first}; Hochreiter and Schmidhuber, Long short-term memory, 1997.
 *
 * <pre>{@code
 * Lstm lstm = new Lstm(32, 64);
 * lstm.forward(Tensor.rand(5, 10, 32)).shape();         // (5, 64)
 * }</pre>
 */
public final class Lstm extends RecurrentLayer<Lstm> {
    private static final long serialVersionUID = 1L;

    /**
     * One layer from the first element to the last.
     *
     * @param inputSize width of an element, at least 1
     * @param hiddenSize width of the state, at least 1
     */
    public Lstm(int inputSize, int hiddenSize) {
        this(inputSize, hiddenSize, 1, false);
    }

    /**
     * One layer or more.
     *
     * @param inputSize width of an element, at least 1
     * @param hiddenSize width of the state, at least 1
     * @param numLayers how many layers, each over the states of the one before
     * @param bidirectional whether each layer also runs from the last element to the first
     */
    public Lstm(int inputSize, int hiddenSize, int numLayers, boolean bidirectional) {
        this(inputSize, hiddenSize, numLayers, bidirectional, true);
    }

    /**
     * One layer or more, with biases or without.
     *
     * @param inputSize width of an element, at least 1
     * @param hiddenSize width of the state, at least 1
     * @param numLayers how many layers, each over the states of the one before
     * @param bidirectional whether each layer also runs from the last element to the first
     * @param bias whether there are biases
     */
    public Lstm(int inputSize, int hiddenSize, int numLayers, boolean bidirectional, boolean bias) {
        super(4, inputSize, hiddenSize, numLayers, bidirectional, bias);
    }

    @Override
    Tensor run(Tensor x, Unroll unroll, Tensor... parameters) {
        return x.lstm(unroll, parameters);
    }

    @Override
    String name() {
        return "Lstm";
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static Lstm load(String path) {
        return (Lstm) Layer.load(path);
    }
}
