package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What lazy layers share that have a value for each channel: they find the number of channels, on axis 1, and give what
 * has the shape of their input, whatever its rank.
 *
 * @param <L> the layer it builds
 * @param <S> the lazy layer itself
 */
abstract class LazyChannels<L extends Layer, S extends LazyChannels<L, S>> extends StandardLazyLayer<L, S> {
    private static final long serialVersionUID = 1L;

    private final String[] perChannel;

    /** Keeps the constructor's arguments, and the names of the parameters that have a value for each channel. */
    LazyChannels(String[] perChannel, Object... arguments) {
        super(arguments);
        this.perChannel = perChannel.clone();
    }

    /** The layer for a number of channels. */
    abstract L of(int channels);

    /** Rows of one size, also in arrays of arrays: the channels are an axis that all rows share. */
    @Override
    public final Reading reading(int input, int count) {
        return Reading.grid();
    }

    @Override
    protected final L create(Shape... inputs) {
        Shape input = inputs[0];
        if (input.rank() < 2 || input.dim(1) < 1) {
            throw new IllegalArgumentException(who() + " expects an input (N, C, ...) of 1 channel or more, got shape "
                    + input
                    + (input.isRagged()
                            ? "; " + ChannelShape.LENGTHS_DIFFER
                            : "; the first axis holds the rows, the second the channels"));
        }
        return of(input.dim(1));
    }

    /** The same shape, also where little of it is known. */
    @Override
    public final Shape outputShape(Shape input) {
        boolean open = input.rank() > 1 && !input.dropFirst(1).isKnown();
        return open ? input : super.outputShape(input);
    }

    @Override
    protected final Map<String, Shape> parameterShapes(Shape input) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String name : perChannel) {
            shapes.put(name, Shape.of(input.rank() > 1 ? input.dim(1) : Shape.UNKNOWN));
        }
        return shapes;
    }

    /** The number of places is not told by weights, not even that of their axes. */
    @Override
    protected final Shape inputShape(Map<String, Shape> weights) {
        Shape weight = weights.get("weight");
        if (weight == null || weight.rank() != 1) {
            throw new IllegalArgumentException(
                    who() + " expects a weight of rank 1, got the weights " + weights + "; build(shape) it first");
        }
        return Shape.of(Shape.UNKNOWN, weight.dim(0), Shape.UNKNOWN);
    }
}
