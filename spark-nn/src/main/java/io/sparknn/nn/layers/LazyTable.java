package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.Map;
import org.apache.spark.ml.param.IntParam;

/**
 * What the lazy tables of vectors by id have in common: they wait for how many ids there are.
 *
 * @param <L> the layer it builds
 * @param <S> the lazy layer itself
 */
abstract class LazyTable<L extends Layer, S extends LazyTable<L, S>> extends StandardLazyLayer<L, S> {
    private static final long serialVersionUID = 1L;

    private final transient IntParam numEmbeddings;
    private final transient IntParam embeddingDim;

    LazyTable(int embeddingDim, Object further) {
        super(embeddingDim, further);
        String layer = getClass().getSimpleName();
        this.numEmbeddings =
                new IntParam(id(), "numEmbeddings", "how many ids there are", Valid.ids(layer, "numEmbeddings"));
        this.embeddingDim =
                new IntParam(id(), "embeddingDim", "width of a vector", Valid.positive(layer, "embeddingDim"));
        set(this.embeddingDim, embeddingDim);
    }

    /** The layer for a number of ids. */
    abstract L of(int count, int width);

    /**
     * Param: how many ids there are; if not set, the input tells.
     *
     * @return the Param
     */
    public IntParam numEmbeddings() {
        return numEmbeddings;
    }

    /**
     * Param: the width of a vector.
     *
     * @return the Param
     */
    public IntParam embeddingDim() {
        return embeddingDim;
    }

    /**
     * Sets how many ids there are, for input that does not tell all of them.
     *
     * @param count from 1 to 2²⁴
     * @return this
     */
    @SuppressWarnings("unchecked")
    public final S setNumEmbeddings(int count) {
        set(numEmbeddings, count);
        return (S) this;
    }

    /**
     * Sets the width of a vector.
     *
     * @param size at least 1
     * @return this
     */
    @SuppressWarnings("unchecked")
    public final S setEmbeddingDim(int size) {
        set(embeddingDim, size);
        return (S) this;
    }

    private int told() {
        return isSet(numEmbeddings) ? (Integer) getOrDefault(numEmbeddings) : Shape.UNKNOWN;
    }

    private int count(Shape input) {
        return told() == Shape.UNKNOWN ? input.ids() : told();
    }

    final int width() {
        return (Integer) getOrDefault(embeddingDim);
    }

    @Override
    public final Reading reading(int input, int count) {
        return Reading.ids(told());
    }

    @Override
    protected final L create(Shape... inputs) {
        int count = count(inputs[0]);
        if (count == Shape.UNKNOWN) {
            throw new IllegalArgumentException(who() + " expects to know how many ids there are, got an input of shape "
                    + inputs[0] + " that does not tell; call setNumEmbeddings, fit it on a column of ids, or build it"
                    + " with shape.withIds(n)");
        }
        return of(count, width());
    }

    @Override
    protected final Map<String, Shape> parameterShapes(Shape input) {
        return Map.of("weight", Shape.of(count(input), width()));
    }

    @Override
    protected final Shape inputShape(Map<String, Shape> weights) {
        Shape weight = weights.get("weight");
        if (weight == null || weight.rank() != 2) {
            throw new IllegalArgumentException(who() + " expects a weight of rank 2, got the weights " + weights);
        }
        return Shape.of(Shape.UNKNOWN, Shape.RAGGED).withIds(weight.dim(0));
    }
}
