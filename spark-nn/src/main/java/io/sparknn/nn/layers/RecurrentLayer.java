package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Unroll;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;

/**
 * What the recurrent layers have in common: parameters of each layer and direction, and which states are given. Methods of
 * Params are not final here: Spark calls them by reflection, which a public class must declare, if only as a bridge.
 */
abstract class RecurrentLayer<S extends RecurrentLayer<S>> extends StandardLayer<S> {
    private static final long serialVersionUID = 1L;

    private final int inputSize;
    private final int hiddenSize;
    private final int numLayers;
    private final boolean bidirectional;
    private final Parameter[][] weights;
    private final boolean bias;
    private final transient BooleanParam returnSequences;
    private final transient DoubleParam dropout;

    RecurrentLayer(int gates, int inputSize, int hiddenSize, int numLayers, boolean bidirectional, boolean bias) {
        super(inputSize, hiddenSize, numLayers, bidirectional, bias);
        Sizes.positive(name(), "inputSize", inputSize);
        Sizes.positive(name(), "hiddenSize", hiddenSize);
        Sizes.positive(name(), "numLayers", numLayers);
        this.inputSize = inputSize;
        this.hiddenSize = hiddenSize;
        this.numLayers = numLayers;
        this.bidirectional = bidirectional;
        this.bias = bias;
        int directions = bidirectional ? 2 : 1;
        this.weights = new Parameter[numLayers * directions][];
        for (int i = 0; i < weights.length; i++) {
            int width = i < directions ? inputSize : directions * hiddenSize;
            String suffix = "_l" + i / directions + (i % directions == 1 ? "_reverse" : "");
            weights[i] = weights(gates * hiddenSize, width, suffix);
        }
        this.returnSequences = returnSequences(id());
        this.dropout = dropout(id(), name());
        setDefault(returnSequences, false);
        setDefault(dropout, 0.0);
    }

    static BooleanParam returnSequences(String id) {
        return new BooleanParam(id, "returnSequences", "whether the state of every element is given, or the last one");
    }

    static DoubleParam dropout(String id, String layer) {
        return new DoubleParam(id, "dropout", "share dropped between layers", Valid.share(layer, "dropout"));
    }

    private Parameter[] weights(int rows, int width, String suffix) {
        double bound = 1 / Math.sqrt(hiddenSize);
        Init init = Init.uniform(-bound, bound);
        Parameter ofElements = addParameter("weight_ih" + suffix, init, rows, width);
        Parameter ofState = addParameter("weight_hh" + suffix, init, rows, hiddenSize);
        if (!bias) {
            return new Parameter[] {ofElements, ofState};
        }
        Parameter first = addParameter("bias_ih" + suffix, init, rows);
        return new Parameter[] {ofElements, ofState, first, addParameter("bias_hh" + suffix, init, rows)};
    }

    /** One layer in one direction. */
    abstract Tensor run(Tensor x, Unroll unroll, Tensor... parameters);

    abstract String name();

    /**
     * Param: whether the state of every element is given, (N, *, size); by default the last one, (N, size).
     *
     * @return the Param
     */
    public BooleanParam returnSequences() {
        return returnSequences;
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

    @Override
    public final Tensor forward(Tensor x) {
        Shape shape = x.shape();
        if (shape.rank() != 3 || shape.last() != inputSize) {
            throw new IllegalArgumentException(name() + " expects sequences of vectors of " + inputSize + ", (N, *, "
                    + inputSize + ") or (N, L, " + inputSize + "), got shape " + shape
                    + "; ids go through an Embedding first, a series of numbers is an array of arrays of one");
        }
        boolean all = (Boolean) getOrDefault(returnSequences);
        Tensor y = x;
        for (int layer = 0; layer < numLayers - 1; layer++) {
            y = dropped(layer(layer, y, true));
        }
        return layer(numLayers - 1, y, all);
    }

    private Tensor dropped(Tensor y) {
        double share = (Double) getOrDefault(dropout);
        return training() && share > 0 ? DropoutLayer.dropped(y, rand(y.shape()), share) : y;
    }

    private Tensor layer(int layer, Tensor x, boolean all) {
        if (!bidirectional) {
            return run(x, all ? Unroll.FORWARD : Unroll.LAST_FORWARD, weights[layer]);
        }
        return Tensor.cat(
                -1,
                run(x, all ? Unroll.FORWARD : Unroll.LAST_FORWARD, weights[2 * layer]),
                run(x, all ? Unroll.BACKWARD : Unroll.LAST_BACKWARD, weights[2 * layer + 1]));
    }

    @Override
    protected final int[] inputSizes() {
        int[] built = super.inputSizes();
        return built != null ? built : new int[] {Shape.RAGGED, inputSize};
    }

    @Override
    public final String toString() {
        return name() + "(" + inputSize + ", " + hiddenSize + options(numLayers, bidirectional, bias);
    }

    static String options(int numLayers, boolean bidirectional, boolean bias) {
        if (numLayers == 1 && !bidirectional && bias) {
            return ")";
        }
        return ", " + numLayers + ", " + bidirectional + (bias ? ")" : ", false)");
    }
}
