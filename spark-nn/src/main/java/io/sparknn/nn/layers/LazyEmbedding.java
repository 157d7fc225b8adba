package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;

/**
 * An {@link Embedding} that finds how many ids there are: from {@link #setNumEmbeddings}, else from the column's metadata
 * (the values of a nominal attribute, as StringIndexer leaves it, or the size of a vocabulary), else from the largest id
 * in the data, by one job.
 *
 * <ul>
 *   <li>input: ids (N), (N, L) or (N, *)
 *   <li>output: that shape with embeddingDim behind it
 * </ul>
 *
 * <p>Errors: an input that does not tell how many ids there are. Source: PyTorch's {@code nn.Embedding}, which has no lazy
 * twin.
 *
 * <pre>{@code
 * Embedding words = new LazyEmbedding(32).build(Shape.of(5, Shape.RAGGED).withIds(1000));
 * words.parameter("weight").shape();         // (1000, 32)
 * }</pre>
 */
public final class LazyEmbedding extends StandardLazyLayer<Embedding, LazyEmbedding> {
    private static final long serialVersionUID = 1L;

    private final int paddingIdx;
    private final transient IntParam numEmbeddings;
    private final transient IntParam embeddingDim;

    /**
     * A table without padding.
     *
     * @param embeddingDim width of a vector, at least 1
     */
    public LazyEmbedding(int embeddingDim) {
        this(embeddingDim, Embedding.NO_PADDING);
    }

    /**
     * A table.
     *
     * @param embeddingDim width of a vector, at least 1
     * @param paddingIdx the id whose vector is 0 at first and not trained; {@link Embedding#NO_PADDING} for none
     */
    public LazyEmbedding(int embeddingDim, int paddingIdx) {
        super(embeddingDim, paddingIdx);
        this.paddingIdx = paddingIdx;
        this.numEmbeddings = new IntParam(id(), "numEmbeddings", "how many ids there are", ParamValidators.gt(0));
        this.embeddingDim = new IntParam(id(), "embeddingDim", "width of a vector", ParamValidators.gt(0));
        set(this.embeddingDim, Sizes.positive("LazyEmbedding", "embeddingDim", embeddingDim));
    }

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
    public LazyEmbedding setNumEmbeddings(int count) {
        Reading.ids(count);
        set(numEmbeddings, count);
        return this;
    }

    /**
     * Sets the width of a vector.
     *
     * @param size at least 1
     * @return this
     */
    public LazyEmbedding setEmbeddingDim(int size) {
        set(embeddingDim, size);
        return this;
    }

    private int told() {
        return isSet(numEmbeddings) ? (Integer) getOrDefault(numEmbeddings) : Shape.UNKNOWN;
    }

    private int width() {
        return (Integer) getOrDefault(embeddingDim);
    }

    @Override
    public Reading reading(int input, int count) {
        return Reading.ids(told());
    }

    @Override
    protected Embedding create(Shape... inputs) {
        return new Embedding(Tables.numEmbeddings(who(), told(), inputs[0]), width(), paddingIdx);
    }

    /** Without building the table: how many ids there are need not be known. */
    @Override
    public Shape outputShape(Shape input) {
        int[] dims = Arrays.copyOf(input.dims(), input.rank() + 1);
        dims[input.rank()] = width();
        return Shape.of(dims);
    }

    @Override
    protected Map<String, Shape> parameterShapes(Shape input) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("weight", Shape.of(told() == Shape.UNKNOWN ? input.ids() : told(), width()));
        return shapes;
    }

    @Override
    protected Shape inputShape(Map<String, Shape> weights) {
        return Tables.ids(who(), weights);
    }

    @Override
    public String toString() {
        return "LazyEmbedding(" + width() + (paddingIdx == Embedding.NO_PADDING ? ")" : ", " + paddingIdx + ")");
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyEmbedding load(String path) {
        return (LazyEmbedding) LazyLayer.load(path);
    }
}
