package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What lazy layers share that normalise the last axes: they find the sizes of these.
 *
 * @param <L> the layer it builds
 * @param <S> the lazy layer itself
 */
abstract class LazyLastAxes<L extends Layer, S extends LazyLastAxes<L, S>> extends StandardLazyLayer<L, S> {
    private static final long serialVersionUID = 1L;

    private final int axes;
    private final String[] perPlace;

    /** Keeps the constructor's arguments, and the names of the parameters that have a value for each place. */
    LazyLastAxes(int axes, String[] perPlace, Object... arguments) {
        super(arguments);
        this.axes = Sizes.positive(getClass().getSimpleName(), "axes", axes);
        this.perPlace = perPlace.clone();
    }

    /** The layer for the sizes of the last axes. */
    abstract L of(int... normalizedShape);

    @Override
    protected final L create(Shape... inputs) {
        return of(LastAxes.of(who(), axes, inputs[0]));
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
        for (String name : perPlace) {
            shapes.put(name, LastAxes.ofWeight(axes, input));
        }
        return shapes;
    }

    @Override
    protected final Shape inputShape(Map<String, Shape> weights) {
        Shape weight = weights.get("weight");
        if (weight == null || weight.rank() != axes) {
            throw new IllegalArgumentException(who() + " expects a weight of rank " + axes + ", got the weights "
                    + weights + "; build(shape) it first");
        }
        // Several axes may have others before them, which the weights do not tell.
        int before = axes == 1 ? 1 : 2;
        int[] dims = new int[before + axes];
        Arrays.fill(dims, Shape.UNKNOWN);
        System.arraycopy(weight.dims(), 0, dims, before, axes);
        return Shape.of(dims);
    }
}
