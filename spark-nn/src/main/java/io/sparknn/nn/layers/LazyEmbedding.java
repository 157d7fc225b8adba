package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;
import io.sparknn.tensor.Shape;
import java.util.Arrays;

/**
 * An {@link Embedding} that finds how many ids there are: from {@code setNumEmbeddings}, else from the column's metadata
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
public final class LazyEmbedding extends LazyTable<Embedding, LazyEmbedding> {
    private static final long serialVersionUID = 1L;

    private final int paddingIdx;

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
        Tables.checkPadding("LazyEmbedding", paddingIdx);
        this.paddingIdx = paddingIdx;
    }

    @Override
    Embedding of(int count, int width) {
        return new Embedding(count, width, paddingIdx);
    }

    /** Without building the table: how many ids there are need not be known. */
    @Override
    public Shape outputShape(Shape input) {
        int[] dims = Arrays.copyOf(input.dims(), input.rank() + 1);
        dims[input.rank()] = width();
        return Shape.of(dims);
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
