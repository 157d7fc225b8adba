package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;
import org.apache.spark.ml.param.IntParam;

/**
 * A {@link TransformerEncoderLayer} that finds the width of its input.
 *
 * <ul>
 *   <li>input: (N, L, dModel) or (N, *, dModel), with any dModel that the heads divide
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: an input of another rank; heads that do not divide the width. Source: PyTorch's
 * {@code nn.TransformerEncoderLayer}, which has no lazy twin.
 *
 * <pre>{@code
 * TransformerEncoderLayer layer = new LazyTransformerEncoderLayer(4).build(Shape.of(5, 10, 32));
 * layer.parameter("linear1.weight").shape();         // (2048, 32)
 * }</pre>
 */
public final class LazyTransformerEncoderLayer
        extends LazySequenceLayer<TransformerEncoderLayer, LazyTransformerEncoderLayer> {
    private static final long serialVersionUID = 1L;

    private final int nhead;
    private final double dropout;
    private final transient IntParam dimFeedforward;

    /**
     * A layer with PyTorch's defaults: 2048 features between the linear maps, 0.1 dropped.
     *
     * @param nhead how many heads, a divisor of the input's width
     */
    public LazyTransformerEncoderLayer(int nhead) {
        this(nhead, TransformerEncoderLayer.FEEDFORWARD, TransformerEncoderLayer.DROPOUT);
    }

    /**
     * A layer.
     *
     * @param nhead how many heads, a divisor of the input's width
     * @param dimFeedforward width between the linear maps, at least 1
     * @param dropout the share of elements dropped in training, from 0 to 1
     */
    public LazyTransformerEncoderLayer(int nhead, int dimFeedforward, double dropout) {
        super("self_attn.in_proj_weight", nhead, dimFeedforward, dropout);
        String name = "LazyTransformerEncoderLayer";
        this.nhead = Sizes.positive(name, "nhead", nhead);
        this.dropout = DropoutLayer.checked(name, "dropout", dropout);
        this.dimFeedforward = new IntParam(
                id(), "dimFeedforward", "width between the linear maps", Valid.positive(name, "dimFeedforward"));
        set(this.dimFeedforward, dimFeedforward);
    }

    /**
     * Param: the width between the linear maps.
     *
     * @return the Param
     */
    public IntParam dimFeedforward() {
        return dimFeedforward;
    }

    /**
     * Sets the width between the linear maps.
     *
     * @param size at least 1
     * @return this
     */
    public LazyTransformerEncoderLayer setDimFeedforward(int size) {
        set(dimFeedforward, size);
        return this;
    }

    private int between() {
        return (Integer) getOrDefault(dimFeedforward);
    }

    @Override
    TransformerEncoderLayer of(int width) {
        MultiheadAttention.checkHeads(who(), width, nhead);
        return new TransformerEncoderLayer(width, nhead, between(), dropout);
    }

    @Override
    public String toString() {
        return "LazyTransformerEncoderLayer(" + nhead + TransformerEncoderLayer.options(between(), dropout);
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyTransformerEncoderLayer load(String path) {
        return (LazyTransformerEncoderLayer) LazyLayer.load(path);
    }
}
