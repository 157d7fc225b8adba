package io.sparknn.nn.layers;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/** What the recurrent layers that wait for the width of their input have in common. */
abstract class LazyRecurrentLayer<L extends RecurrentLayer<L>, S extends LazyRecurrentLayer<L, S>>
        extends LazySequenceLayer<L, S> {
    private static final long serialVersionUID = 1L;

    private final int numLayers;
    private final boolean bidirectional;
    private final transient IntParam hiddenSize;
    private final boolean bias;
    private final transient BooleanParam returnSequences;
    private final transient DoubleParam dropout;

    /** Shown by LazyRnn alone; here, because no Param may be missing when the first one is set. */
    final transient Param<String> nonlinearity;

    LazyRecurrentLayer(int hiddenSize, int numLayers, boolean bidirectional, boolean bias) {
        super("weight_ih_l0", hiddenSize, numLayers, bidirectional, bias);
        Sizes.positive(name(), "numLayers", numLayers);
        this.numLayers = numLayers;
        this.bidirectional = bidirectional;
        this.bias = bias;
        this.hiddenSize = new IntParam(id(), "hiddenSize", "width of the state", Valid.positive(name(), "hiddenSize"));
        this.returnSequences = RecurrentLayer.returnSequences(id());
        this.dropout = RecurrentLayer.dropout(id(), name());
        this.nonlinearity = Rnn.nonlinearity(id(), name());
        set(this.hiddenSize, hiddenSize);
        setDefault(returnSequences, false);
        setDefault(dropout, 0.0);
    }

    abstract L make(int inputSize, int size, int layers, boolean bothWays, boolean biased);

    abstract String name();

    /**
     * Param: the width of the state.
     *
     * @return the Param
     */
    public IntParam hiddenSize() {
        return hiddenSize;
    }

    /**
     * Param: whether the state of every element is given, (N, *, size); by default the last one, (N, size).
     *
     * @return the Param
     */
    public BooleanParam returnSequences() {
        return returnSequences;
    }

    /**
     * Sets the width of the state.
     *
     * @param size at least 1
     * @return this
     */
    @SuppressWarnings("unchecked")
    public final S setHiddenSize(int size) {
        set(hiddenSize, size);
        return (S) this;
    }

    /**
     * Sets whether the state of every element is given.
     *
     * @param all whether all states are given, or the last one
     * @return this
     */
    @SuppressWarnings("unchecked")
    public final S setReturnSequences(boolean all) {
        set(returnSequences, all);
        return (S) this;
    }

    /**
     * Param: the share of the states between layers that is dropped in training, 0 by default.
     *
     * @return the Param
     */
    public DoubleParam dropout() {
        return dropout;
    }

    /**
     * Sets the share of the states between layers that is dropped in training; a single layer has none.
     *
     * @param share from 0 to 1
     * @return this
     */
    @SuppressWarnings("unchecked")
    public final S setDropout(double share) {
        set(dropout, share);
        return (S) this;
    }

    private int size() {
        return (Integer) getOrDefault(hiddenSize);
    }

    @Override
    final L of(int width) {
        L layer = make(width, size(), numLayers, bidirectional, bias);
        if (isSet(returnSequences)) {
            layer.setReturnSequences((Boolean) getOrDefault(returnSequences));
        }
        return isSet(dropout) ? layer.setDropout((Double) getOrDefault(dropout)) : layer;
    }

    @Override
    public final String toString() {
        return name() + "(" + size() + RecurrentLayer.options(numLayers, bidirectional, bias);
    }
}
