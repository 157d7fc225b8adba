package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * A vector for each id: of words, categories, users.
 *
 * <p>{@code y = weight[x]}
 *
 * <ul>
 *   <li>input: ids, whole numbers from 0 to numEmbeddings - 1: (N), (N, L), or (N, *) where rows differ in length. A
 *       column of numbers is read as (N), one of arrays as (N, *), of vectors as (N, L)
 *   <li>output: (N, embeddingDim), (N, L, embeddingDim), (N, *, embeddingDim)
 *   <li>weight: (numEmbeddings, embeddingDim), normal with mean 0 and deviation 1; the row of paddingIdx 0
 * </ul>
 *
 * <p>In training only the rows that were looked up get a gradient, and that of paddingIdx never does. Errors: a fractional,
 * negative or too large id, with its column and row; more than 2²⁴ ids, of which floats cannot tell each. Source:
 * PyTorch's {@code nn.Embedding}.
 *
 * <pre>{@code
 * Embedding words = new Embedding(1000, 32);
 * words.forward(Tensor.of(5, 0, 999)).shape();         // (3, 32)
 * }</pre>
 */
public final class Embedding extends StandardLayer<Embedding> {
    /** As paddingIdx: there is no padding. */
    public static final int NO_PADDING = -1;

    private static final long serialVersionUID = 1L;

    private final int numEmbeddings;
    private final int paddingIdx;
    private final Parameter weight;

    /**
     * A table without padding.
     *
     * @param numEmbeddings how many ids there are, from 1 to 2²⁴
     * @param embeddingDim width of a vector, at least 1
     */
    public Embedding(int numEmbeddings, int embeddingDim) {
        this(numEmbeddings, embeddingDim, NO_PADDING);
    }

    /**
     * A table.
     *
     * @param numEmbeddings how many ids there are, from 1 to 2²⁴
     * @param embeddingDim width of a vector, at least 1
     * @param paddingIdx the id whose vector is 0 at first and not trained; {@link #NO_PADDING} for none
     */
    public Embedding(int numEmbeddings, int embeddingDim, int paddingIdx) {
        super(numEmbeddings, embeddingDim, paddingIdx);
        Tables.check("Embedding", numEmbeddings, embeddingDim, paddingIdx);
        this.numEmbeddings = numEmbeddings;
        this.paddingIdx = paddingIdx;
        Init init = paddingIdx == NO_PADDING ? Init.normal() : new PaddedNormal(paddingIdx);
        this.weight = addParameter("weight", init, numEmbeddings, embeddingDim);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.embedding(weight, paddingIdx);
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
        return "Embedding(" + numEmbeddings + ", " + weight.shape().dim(1)
                + (paddingIdx == NO_PADDING ? ")" : ", " + paddingIdx + ")");
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static Embedding load(String path) {
        return (Embedding) Layer.load(path);
    }
}
