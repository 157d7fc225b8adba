package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.Map;

/**
 * A {@link MultiheadAttention} that finds the width of its input.
 *
 * <ul>
 *   <li>input: one to three sequences, (N, L, embedDim) or (N, *, embedDim), with any embedDim that the heads divide
 *   <li>output: the shape of the first
 * </ul>
 *
 * <p>Errors: an input of another rank; heads that do not divide the width. Source: PyTorch's
 * {@code nn.MultiheadAttention}, which has no lazy twin.
 *
 * <pre>{@code
 * MultiheadAttention attention = new LazyMultiheadAttention(4).build(Shape.of(5, 10, 32));
 * attention.parameter("in_proj_bias").shape();         // (96)
 * }</pre>
 */
public final class LazyMultiheadAttention extends StandardLazyLayer<MultiheadAttention, LazyMultiheadAttention> {
    private static final long serialVersionUID = 1L;

    private final int numHeads;

    /**
     * Attention.
     *
     * @param numHeads how many heads, a divisor of the input's width
     */
    public LazyMultiheadAttention(int numHeads) {
        super(numHeads);
        this.numHeads = Sizes.positive("LazyMultiheadAttention", "numHeads", numHeads);
    }

    @Override
    protected MultiheadAttention create(Shape... inputs) {
        Shape input = inputs[0];
        if (input.rank() != 3 || input.last() < 1) {
            throw new IllegalArgumentException(
                    who() + " expects sequences of vectors, (N, *, width) or (N, L, width), got" + " shape " + input
                            + "; ids go through a LazyEmbedding first");
        }
        return new MultiheadAttention(input.last(), numHeads);
    }

    @Override
    protected int maxInputs() {
        return 3;
    }

    /** Nothing, as long as it is not known that there will be sequences. */
    @Override
    protected Map<String, Shape> parameterShapes(Shape input) {
        return input.rank() == 3 ? super.parameterShapes(input) : Map.of();
    }

    @Override
    protected Shape inputShape(Map<String, Shape> weights) {
        Shape weight = weights.get("in_proj_weight");
        if (weight == null || weight.rank() != 2) {
            throw new IllegalArgumentException(
                    who() + " expects an in_proj_weight of rank 2, got the weights " + weights.keySet());
        }
        return Shape.of(Shape.UNKNOWN, Shape.RAGGED, weight.dim(1));
    }

    @Override
    public String toString() {
        return "LazyMultiheadAttention(" + numHeads + ")";
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyMultiheadAttention load(String path) {
        return (LazyMultiheadAttention) LazyLayer.load(path);
    }
}
