package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.Map;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;

/** What the recurrent layers that wait for the width of their input have in common. */
abstract class LazyRecurrentLayer<L extends RecurrentLayer<L>, S extends LazyRecurrentLayer<L, S>>
        extends StandardLazyLayer<L, S> {
    private static final long serialVersionUID = 1L;

    private final int numLayers;
    private final boolean bidirectional;
    private final transient IntParam hiddenSize;
    private final transient BooleanParam returnSequences;

    LazyRecurrentLayer(int hiddenSize, int numLayers, boolean bidirectional) {
        super(hiddenSize, numLayers, bidirectional);
        Sizes.positive(name(), "numLayers", numLayers);
        this.numLayers = numLayers;
        this.bidirectional = bidirectional;
        this.hiddenSize = new IntParam(id(), "hiddenSize", "width of the state", ParamValidators.gt(0));
        this.returnSequences = RecurrentLayer.returnSequences(id());
        set(this.hiddenSize, Sizes.positive(name(), "hiddenSize", hiddenSize));
        setDefault(returnSequences, false);
    }

    abstract L make(int inputSize, int size, int layers, boolean bothWays);

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

    private int size() {
        return (Integer) getOrDefault(hiddenSize);
    }

    @Override
    protected final L create(Shape... inputs) {
        Shape input = inputs[0];
        if (input.rank() != 3 || input.last() < 1) {
            throw new IllegalArgumentException(who()
                    + " expects sequences of vectors, (N, *, width) or (N, L, width), got"
                    + " shape " + input + "; ids go through a LazyEmbedding first, a series of numbers is an array of"
                    + " arrays of one");
        }
        L layer = make(input.last(), size(), numLayers, bidirectional);
        return isSet(returnSequences) ? layer.setReturnSequences((Boolean) getOrDefault(returnSequences)) : layer;
    }

    /** Nothing, as long as it is not known that there will be sequences. */
    @Override
    protected final Map<String, Shape> parameterShapes(Shape input) {
        return input.rank() == 3 ? super.parameterShapes(input) : Map.of();
    }

    @Override
    protected final Shape inputShape(Map<String, Shape> weights) {
        Shape weight = weights.get("weight_ih_l0");
        if (weight == null || weight.rank() != 2) {
            throw new IllegalArgumentException(
                    who() + " expects a weight_ih_l0 of rank 2, got the weights " + weights.keySet());
        }
        return Shape.of(Shape.UNKNOWN, Shape.RAGGED, weight.dim(1));
    }

    @Override
    public final String toString() {
        return name() + "(" + size() + RecurrentLayer.options(numLayers, bidirectional);
    }
}
