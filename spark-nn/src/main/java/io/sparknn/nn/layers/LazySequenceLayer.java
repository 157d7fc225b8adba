package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.Map;

/**
 * What the lazy layers over sequences of vectors have in common: they wait for the width of an element.
 *
 * @param <L> the layer it builds
 * @param <S> the lazy layer itself
 */
abstract class LazySequenceLayer<L extends Layer, S extends LazySequenceLayer<L, S>> extends StandardLazyLayer<L, S> {
    private static final long serialVersionUID = 1L;

    private final String telling;

    /** Keeps the constructor's arguments, and the name of a matrix whose second size is the width. */
    LazySequenceLayer(String telling, Object... arguments) {
        super(arguments);
        this.telling = telling;
    }

    /** The layer for a width. */
    abstract L of(int width);

    @Override
    protected final L create(Shape... inputs) {
        Shape input = inputs[0];
        if (input.rank() != 3 || input.last() < 1) {
            throw new IllegalArgumentException(
                    who() + " expects sequences of vectors, (N, *, width) or (N, L, width), got shape " + input
                            + "; ids go through a LazyEmbedding first, a series of numbers is an array of arrays of one,"
                            + " or a vector behind Unflatten(length, 1)");
        }
        return of(input.last());
    }

    /** Nothing, as long as it is not known that there will be sequences. */
    @Override
    protected final Map<String, Shape> parameterShapes(Shape input) {
        return input.rank() == 3 ? super.parameterShapes(input) : Map.of();
    }

    @Override
    protected final Shape inputShape(Map<String, Shape> weights) {
        Shape weight = weights.get(telling);
        if (weight == null || weight.rank() != 2) {
            throw new IllegalArgumentException(
                    who() + " expects a " + telling + " of rank 2, got the weights " + weights.keySet());
        }
        return Shape.of(Shape.UNKNOWN, Shape.RAGGED, weight.dim(1));
    }
}
