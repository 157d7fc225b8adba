package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Unroll;

/**
 * Gated recurrent units over the elements of each row, however many it has.
 *
 * <p>{@code r = σ(W_ir x + b_ir + W_hr h + b_hr)}, {@code z = σ(W_iz x + b_iz + W_hz h + b_hz)}, {@code n = tanh(W_in x + b_in
 * + r · (W_hn h + b_hn))}, {@code h_t = (1 - z) · n + z · h_(t-1)}
 *
 * <ul>
 *   <li>input: (N, L, inputSize), or (N, *, inputSize) where rows differ in length
 *   <li>output: the last state of each row, (N, hiddenSize), 0 for a row without elements; with
 *       {@link #setReturnSequences} that of every element, (N, *, hiddenSize). If bidirectional, 2 · hiddenSize: the states
 *       of both directions side by side, each the last one of its own direction
 *   <li>weight_ih_l0: (3 · hiddenSize, inputSize), weight_hh_l0: (3 · hiddenSize, hiddenSize), bias_ih_l0 and bias_hh_l0: (3 · hiddenSize);
 *       gates in the order reset,
 *       update, new; of further layers with l1 and so on, of the other direction with {@code _reverse} behind. Uniform over
 *       ±1/√hiddenSize
 * </ul>
 *
 * <p>In training, {@link #setDropout} drops states between layers. Errors: an input of another rank or width. Cost: a matrix product for each step of the longest row, over the rows that
 * are still running. Source: PyTorch's {@code nn.GRU} with {@code batch_first}; Cho et al., Learning phrase representations using RNN encoder-decoder, 2014.
 *
 * <pre>{@code
 * Gru gru = new Gru(32, 64);
 * gru.forward(Tensor.rand(5, 10, 32)).shape();         // (5, 64)
 * }</pre>
 */
public final class Gru extends RecurrentLayer<Gru> {
    private static final long serialVersionUID = 1L;

    /**
     * One layer from the first element to the last.
     *
     * @param inputSize width of an element, at least 1
     * @param hiddenSize width of the state, at least 1
     */
    public Gru(int inputSize, int hiddenSize) {
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
    public Gru(int inputSize, int hiddenSize, int numLayers, boolean bidirectional) {
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
    public Gru(int inputSize, int hiddenSize, int numLayers, boolean bidirectional, boolean bias) {
        super(3, inputSize, hiddenSize, numLayers, bidirectional, bias);
    }

    @Override
    Tensor run(Tensor x, Unroll unroll, Tensor... parameters) {
        return x.gru(unroll, parameters);
    }

    @Override
    String name() {
        return "Gru";
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static Gru load(String path) {
        return (Gru) Layer.load(path);
    }
}
