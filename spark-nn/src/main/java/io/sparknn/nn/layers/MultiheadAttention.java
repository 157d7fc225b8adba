package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;

/**
 * Attention in several heads: each element of a row asks all elements of the row, and takes the mean of what they answer,
 * weighted by how well they fit.
 *
 * <p>{@code y = out_proj(softmax(q · kᵀ / √w) · v)} in each head, where {@code q, k, v = in_proj(x)} and w is embedDim /
 * numHeads
 *
 * <ul>
 *   <li>input: one sequence, (N, L, embedDim) or (N, *, embedDim), for queries, keys and values; or two, queries and what
 *       they ask; or three
 *   <li>output: the shape of the queries; a row that asks nothing gets the bias of out_proj
 *   <li>in_proj_weight: (3 · embedDim, embedDim), Xavier uniform; in_proj_bias: (3 · embedDim), zeros; out_proj.weight:
 *       (embedDim, embedDim), uniform over ±1/√embedDim; out_proj.bias: (embedDim), zeros
 * </ul>
 *
 * <p>Errors: heads that do not divide embedDim; an input of another rank or width. Cost: grows with the square of a row's
 * length. Source: PyTorch's {@code nn.MultiheadAttention} with {@code batch_first}; Vaswani et al., Attention is all you
 * need, 2017.
 *
 * <pre>{@code
 * MultiheadAttention attention = new MultiheadAttention(32, 4);
 * attention.forward(Tensor.rand(5, 10, 32)).shape();         // (5, 10, 32)
 * }</pre>
 */
public final class MultiheadAttention extends StandardLayer<MultiheadAttention> {
    private static final long serialVersionUID = 1L;

    private final int embedDim;
    private final int numHeads;
    private final Parameter weight;
    private final Parameter bias;
    private final Linear output;

    /**
     * Attention.
     *
     * @param embedDim width of an element, at least 1
     * @param numHeads how many heads, a divisor of embedDim
     */
    public MultiheadAttention(int embedDim, int numHeads) {
        super(embedDim, numHeads);
        Sizes.positive("MultiheadAttention", "embedDim", embedDim);
        Sizes.positive("MultiheadAttention", "numHeads", numHeads);
        checkHeads("MultiheadAttention", embedDim, numHeads);
        this.embedDim = embedDim;
        this.numHeads = numHeads;
        this.weight = addParameter("in_proj_weight", Init.xavierUniform(), 3 * embedDim, embedDim);
        this.bias = addParameter("in_proj_bias", Init.zeros(), 3 * embedDim);
        this.output = addLayer("out_proj", new Linear(embedDim, embedDim));
        output.parameter("bias").init(Init.zeros());
    }

    static void checkHeads(String who, int width, int heads) {
        if (width % heads != 0) {
            throw new IllegalArgumentException(who + " expects heads that divide the width, got " + heads
                    + " heads and a width of " + width + "; choose a divisor of " + width);
        }
    }

    @Override
    public Tensor forward(Tensor... x) {
        if (x.length < 1 || x.length > 3) {
            throw new IllegalArgumentException(
                    who() + " expects 1 to 3 inputs, got " + x.length + "; they are queries, keys and values");
        }
        for (Tensor input : x) {
            Shape shape = input.shape();
            if (shape.rank() != 3 || shape.last() != embedDim) {
                throw new IllegalArgumentException("MultiheadAttention expects sequences of vectors of " + embedDim
                        + ", (N, *, " + embedDim + ") or (N, L, " + embedDim + "), got shape " + shape
                        + "; ids go through an Embedding first");
            }
        }
        Tensor q = projected(x[0], 0);
        Tensor k = projected(x[x.length > 1 ? 1 : 0], 1);
        Tensor v = projected(x[x.length - 1], 2);
        return output.forward(q.attention(k, v, numHeads));
    }

    private Tensor projected(Tensor x, int part) {
        int from = part * embedDim;
        return x.linear(weight.slice(0, from, from + embedDim), bias.slice(0, from, from + embedDim));
    }

    @Override
    protected int[] inputSizes() {
        int[] built = super.inputSizes();
        return built != null ? built : new int[] {Shape.RAGGED, embedDim};
    }

    @Override
    public String toString() {
        return "MultiheadAttention(" + embedDim + ", " + numHeads + ")";
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static MultiheadAttention load(String path) {
        return (MultiheadAttention) Layer.load(path);
    }
}
