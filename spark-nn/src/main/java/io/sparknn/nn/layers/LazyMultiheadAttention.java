package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;

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
public final class LazyMultiheadAttention extends LazySequenceLayer<MultiheadAttention, LazyMultiheadAttention> {
    private static final long serialVersionUID = 1L;

    private final int numHeads;

    /**
     * Attention.
     *
     * @param numHeads how many heads, a divisor of the input's width
     */
    public LazyMultiheadAttention(int numHeads) {
        super("in_proj_weight", numHeads);
        this.numHeads = Sizes.positive("LazyMultiheadAttention", "numHeads", numHeads);
    }

    @Override
    MultiheadAttention of(int width) {
        MultiheadAttention.checkHeads(who(), width, numHeads);
        return new MultiheadAttention(width, numHeads);
    }

    @Override
    protected int maxInputs() {
        return 3;
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
