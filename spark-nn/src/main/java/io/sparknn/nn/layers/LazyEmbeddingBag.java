package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;
import io.sparknn.tensor.Shape;

/**
 * An {@link EmbeddingBag} that finds how many ids there are: from {@code setNumEmbeddings}, else from the column's
 * metadata (the values of a nominal attribute, or the size of a vocabulary), else from the largest id in the data, by one
 * job.
 *
 * <ul>
 *   <li>input: ids (N, L) or (N, *)
 *   <li>output: (N, embeddingDim)
 * </ul>
 *
 * <p>Errors: an input that does not tell how many ids there are. Source: PyTorch's {@code nn.EmbeddingBag}, which has no
 * lazy twin.
 *
 * <pre>{@code
 * EmbeddingBag text = new LazyEmbeddingBag(32).build(Shape.of(5, Shape.RAGGED).withIds(1000));
 * text.parameter("weight").shape();         // (1000, 32)
 * }</pre>
 */
public final class LazyEmbeddingBag extends LazyTable<EmbeddingBag, LazyEmbeddingBag> {
    private static final long serialVersionUID = 1L;

    private final EmbeddingBag.Mode mode;

    /**
     * A table whose vectors are averaged.
     *
     * @param embeddingDim width of a vector, at least 1
     */
    public LazyEmbeddingBag(int embeddingDim) {
        this(embeddingDim, EmbeddingBag.Mode.MEAN);
    }

    /**
     * A table.
     *
     * @param embeddingDim width of a vector, at least 1
     * @param mode how the vectors of a row become one
     */
    public LazyEmbeddingBag(int embeddingDim, EmbeddingBag.Mode mode) {
        super(embeddingDim, mode);
        this.mode = mode;
    }

    @Override
    EmbeddingBag of(int count, int width) {
        return new EmbeddingBag(count, width, mode);
    }

    /** Without building the table: how many ids there are need not be known. */
    @Override
    public Shape outputShape(Shape input) {
        return Shape.of(input.rank() < 1 ? Shape.UNKNOWN : input.dim(0), width());
    }

    @Override
    public String toString() {
        return "LazyEmbeddingBag(" + width() + ", " + mode + ")";
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyEmbeddingBag load(String path) {
        return (LazyEmbeddingBag) LazyLayer.load(path);
    }
}
