package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The vectors of all ids of a row, put together to one: a text as the mean of its words.
 *
 * <p>{@code y_n = Σ_i weight[x_ni]}, or the mean or the maximum in place of the sum
 *
 * <ul>
 *   <li>input: ids, whole numbers from 0 to numEmbeddings - 1: (N, L), or (N, *) where rows differ in length, as the arrays
 *       of a column do
 *   <li>output: (N, embeddingDim); 0 for a row without ids
 *   <li>weight: (numEmbeddings, embeddingDim), normal with mean 0 and deviation 1
 * </ul>
 *
 * <p>In training only the rows that were looked up get a gradient. Errors: a fractional, negative or too large id, with its
 * column and row; more than 2²⁴ ids; ids that are in no rows. Source: PyTorch's {@code nn.EmbeddingBag}.
 *
 * <pre>{@code
 * EmbeddingBag text = new EmbeddingBag(1000, 32);
 * text.forward(Tensor.ragged(Tensor.of(5, 0, 999), Tensor.of(7))).shape();         // (2, 32)
 * }</pre>
 */
public final class EmbeddingBag extends StandardLayer<EmbeddingBag> {
    /** How the vectors of a row become one. */
    public enum Mode {
        /** Their sum. */
        SUM,
        /** Their mean. */
        MEAN,
        /** The largest value in each place; equal ones share the gradient. */
        MAX
    }

    private static final long serialVersionUID = 1L;

    private final int numEmbeddings;
    private final Mode mode;
    private final Parameter weight;

    /**
     * A table whose vectors are averaged.
     *
     * @param numEmbeddings how many ids there are, from 1 to 2²⁴
     * @param embeddingDim width of a vector, at least 1
     */
    public EmbeddingBag(int numEmbeddings, int embeddingDim) {
        this(numEmbeddings, embeddingDim, Mode.MEAN);
    }

    /**
     * A table.
     *
     * @param numEmbeddings how many ids there are, from 1 to 2²⁴
     * @param embeddingDim width of a vector, at least 1
     * @param mode how the vectors of a row become one
     */
    public EmbeddingBag(int numEmbeddings, int embeddingDim, Mode mode) {
        super(numEmbeddings, embeddingDim, mode);
        Tables.check("EmbeddingBag", numEmbeddings, embeddingDim, Embedding.NO_PADDING);
        this.numEmbeddings = numEmbeddings;
        this.mode = mode;
        this.weight = addParameter("weight", Init.normal(), numEmbeddings, embeddingDim);
    }

    @Override
    public Tensor forward(Tensor x) {
        if (x.shape().rank() != 2) {
            throw new IllegalArgumentException("EmbeddingBag expects rows of ids, (N, *) or (N, L), got shape "
                    + x.shape() + "; use Embedding for single ids");
        }
        Tensor vectors = x.embedding(weight, Embedding.NO_PADDING);
        return switch (mode) {
            case SUM -> vectors.sum(1);
            case MEAN -> vectors.mean(1);
            case MAX -> vectors.max(1);
        };
    }

    @Override
    public Reading reading(int input, int count) {
        return Reading.ids(numEmbeddings);
    }

    /** None: ids may come in rows of any length. */
    @Override
    protected int[] inputSizes() {
        return null;
    }

    @Override
    public String toString() {
        return "EmbeddingBag(" + numEmbeddings + ", " + weight.shape().dim(1) + ", " + mode + ")";
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static EmbeddingBag load(String path) {
        return (EmbeddingBag) Layer.load(path);
    }
}
