package io.sparknn.nn.layers;

import io.sparknn.nn.ChoiceParam;
import io.sparknn.nn.Layer;
import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Unroll;
import org.apache.spark.ml.param.Param;

/**
 * Elman's recurrent network with tanh or relu, over the elements of each row, however many it has.
 *
 * <p>{@code h_t = tanh(W_ih x_t + b_ih + W_hh h_(t-1) + b_hh)}, or with max(·, 0) in place of tanh: {@link #setNonlinearity}
 *
 * <ul>
 *   <li>input: (N, L, inputSize), or (N, *, inputSize) where rows differ in length
 *   <li>output: the last state of each row, (N, hiddenSize), 0 for a row without elements; with
 *       {@link #setReturnSequences} that of every element, (N, *, hiddenSize). If bidirectional, 2 · hiddenSize: the states
 *       of both directions side by side, each the last one of its own direction
 *   <li>weight_ih_l0: (hiddenSize, inputSize), weight_hh_l0: (hiddenSize, hiddenSize), bias_ih_l0 and bias_hh_l0: (hiddenSize);
 *       of further layers with l1 and so on, of the other direction with {@code _reverse} behind. Uniform over
 *       ±1/√hiddenSize
 * </ul>
 *
 * <p>In training, {@link #setDropout} drops states between layers. Errors: an input of another rank or width. Cost: a matrix product for each step of the longest row, over the rows that
 * are still running. Source: PyTorch's {@code nn.RNN} with {@code batch_first}; Elman, Finding structure in time, 1990.
 *
 * <pre>{@code
 * Rnn rnn = new Rnn(32, 64);
 * rnn.forward(Tensor.rand(5, 10, 32)).shape();         // (5, 64)
 * }</pre>
 */
public final class Rnn extends RecurrentLayer<Rnn> {
    private static final long serialVersionUID = 1L;
    static final String TANH = "tanh";
    private static final String RELU = "relu";

    private final transient Param<String> nonlinearity;

    /**
     * One layer from the first element to the last.
     *
     * @param inputSize width of an element, at least 1
     * @param hiddenSize width of the state, at least 1
     */
    public Rnn(int inputSize, int hiddenSize) {
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
    public Rnn(int inputSize, int hiddenSize, int numLayers, boolean bidirectional) {
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
    public Rnn(int inputSize, int hiddenSize, int numLayers, boolean bidirectional, boolean bias) {
        super(1, inputSize, hiddenSize, numLayers, bidirectional, bias);
        nonlinearity = nonlinearity(id(), "Rnn");
        setDefault(nonlinearity, TANH);
    }

    static Param<String> nonlinearity(String id, String layer) {
        return new ChoiceParam(id, layer, "nonlinearity", "what bounds the state, or does not", TANH, RELU);
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
    public Rnn setNonlinearity(String name) {
        set(nonlinearity, name);
        return this;
    }

    @Override
    Tensor run(Tensor x, Unroll unroll, Tensor... parameters) {
        return RELU.equals(getOrDefault(nonlinearity)) ? x.rnnRelu(unroll, parameters) : x.rnn(unroll, parameters);
    }

    @Override
    String name() {
        return "Rnn";
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static Rnn load(String path) {
        return (Rnn) Layer.load(path);
    }
}
