package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;

/**
 * A layer of a transformer's encoder: attention of a sequence to itself, then two linear maps for each element, each with
 * a way around it and normalised behind.
 *
 * <p>{@code a = norm1(x + attention(x))}, {@code y = norm2(a + linear2(relu(linear1(a))))}
 *
 * <ul>
 *   <li>input, output: (N, L, dModel), or (N, *, dModel) where rows differ in length
 *   <li>parameters: those of self_attn, a {@link MultiheadAttention}; linear1, linear2, {@link Linear}; norm1, norm2,
 *       {@link LayerNorm}
 * </ul>
 *
 * <p>In training, dropout before each sum and between the linear maps. Errors: heads that do not divide dModel; an input
 * of another rank or width. Cost: grows with the square of a row's length. Source: PyTorch's
 * {@code nn.TransformerEncoderLayer} with {@code batch_first}, but for dropout of the attention's weights, which is left
 * out; Vaswani et al., Attention is all you need, 2017.
 *
 * <pre>{@code
 * TransformerEncoderLayer layer = new TransformerEncoderLayer(32, 4);
 * layer.forward(Tensor.rand(5, 10, 32)).shape();         // (5, 10, 32)
 * }</pre>
 */
public final class TransformerEncoderLayer extends StandardLayer<TransformerEncoderLayer> {
    static final int FEEDFORWARD = 2048;
    static final double DROPOUT = 0.1;

    private static final long serialVersionUID = 1L;

    private final int dModel;
    private final int nhead;
    private final int dimFeedforward;
    private final double dropout;
    private final MultiheadAttention attention;
    private final Linear wider;
    private final Linear narrower;
    private final LayerNorm first;
    private final LayerNorm second;
    private final Dropout dropped;

    /**
     * A layer with PyTorch's defaults: 2048 features between the linear maps, 0.1 dropped.
     *
     * @param dModel width of an element, at least 1
     * @param nhead how many heads, a divisor of dModel
     */
    public TransformerEncoderLayer(int dModel, int nhead) {
        this(dModel, nhead, FEEDFORWARD, DROPOUT);
    }

    /**
     * A layer.
     *
     * @param dModel width of an element, at least 1
     * @param nhead how many heads, a divisor of dModel
     * @param dimFeedforward width between the linear maps, at least 1
     * @param dropout the share of elements dropped in training, from 0 to 1
     */
    public TransformerEncoderLayer(int dModel, int nhead, int dimFeedforward, double dropout) {
        super(dModel, nhead, dimFeedforward, dropout);
        this.dModel = dModel;
        this.nhead = nhead;
        this.dimFeedforward = dimFeedforward;
        this.dropout = dropout;
        this.attention = addLayer("self_attn", new MultiheadAttention(dModel, nhead));
        this.wider = addLayer("linear1", new Linear(dModel, dimFeedforward));
        this.narrower = addLayer("linear2", new Linear(dimFeedforward, dModel));
        this.first = addLayer("norm1", new LayerNorm(dModel));
        this.second = addLayer("norm2", new LayerNorm(dModel));
        this.dropped = addLayer("dropout", new Dropout(dropout));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor asked = first.forward(x.add(dropped.forward(attention.forward(x))));
        Tensor between = dropped.forward(wider.forward(asked).relu());
        return second.forward(asked.add(dropped.forward(narrower.forward(between))));
    }

    @Override
    protected int[] inputSizes() {
        int[] built = super.inputSizes();
        return built != null ? built : new int[] {Shape.RAGGED, dModel};
    }

    @Override
    public String toString() {
        return "TransformerEncoderLayer(" + dModel + ", " + nhead + options(dimFeedforward, dropout);
    }

    static String options(int dimFeedforward, double dropout) {
        boolean usual = dimFeedforward == FEEDFORWARD && dropout == DROPOUT;
        return usual ? ")" : ", " + dimFeedforward + ", " + dropout + ")";
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static TransformerEncoderLayer load(String path) {
        return (TransformerEncoderLayer) Layer.load(path);
    }
}
