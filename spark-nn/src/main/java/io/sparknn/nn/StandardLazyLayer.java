package io.sparknn.nn;

import io.sparknn.tensor.Shape;

/**
 * The base of the lazy layers that come with the library: its setters return the concrete type, and {@code build}
 * applies what they set.
 *
 * @param <L> the layer it builds
 * @param <S> the lazy layer itself
 */
@SuppressWarnings("unchecked")
public abstract class StandardLazyLayer<L extends Layer, S extends StandardLazyLayer<L, S>> extends LazyLayer<L> {
    private static final long serialVersionUID = 1L;

    /**
     * Keeps the constructor's arguments.
     *
     * @param arguments the arguments of the subclass's constructor, in order
     */
    protected StandardLazyLayer(Object... arguments) {
        super(arguments);
    }

    /**
     * Makes the layer for its inputs.
     *
     * @param inputs the shape of each input, most often one; the first size are the rows
     * @return a new layer
     */
    protected abstract L create(Shape... inputs);

    /**
     * How many inputs the layer takes at most.
     *
     * @return 1, unless overridden
     */
    protected int maxInputs() {
        return 1;
    }

    @Override
    public final L build(Shape input) {
        return build(new Shape[] {input});
    }

    @Override
    public final L build(Shape... inputs) {
        return built(new Assembly(), inputs);
    }

    @Override
    final L built(Assembly assembly, Shape... inputs) {
        if (inputs.length < 1 || inputs.length > maxInputs()) {
            return super.build(inputs);
        }
        L layer = create(assembly, inputs);
        settle(layer, inputs);
        if (inputs.length == 1
                && inputs[0].rank() > 2
                && !inputs[0].dropFirst(1).isKnown()) {
            // Weights tell the channels of images but not how large they are: the first input will be checked.
            return layer;
        }
        try {
            layer.outputShape(inputs);
        } catch (IllegalArgumentException e) {
            // The layer is not there yet for its caller, who knows this one.
            throw new IllegalArgumentException(who() + ": " + e.getMessage(), e);
        }
        return layer;
    }

    /** Without a run over the input's shape, which may be known in part only; the weights are checked one by one. */
    @Override
    final L sized(Assembly assembly, Shape... inputs) {
        return create(assembly, inputs);
    }

    /** Makes the layer as a part of a larger network. */
    L create(Assembly assembly, Shape... inputs) {
        return create(inputs);
    }

    @Override
    public final S setInputCol(String column) {
        return (S) super.setInputCol(column);
    }

    @Override
    public final S setInputCols(String... columns) {
        return (S) super.setInputCols(columns);
    }

    @Override
    public final S setOutputCol(String column) {
        return (S) super.setOutputCol(column);
    }

    @Override
    public final S setHandleInvalid(String mode) {
        return (S) super.setHandleInvalid(mode);
    }

    @Override
    public final S setSeed(long seed) {
        return (S) super.setSeed(seed);
    }

    @Override
    public final S setTrainable(boolean trainable) {
        return (S) super.setTrainable(trainable);
    }

    @Override
    public final S setInit(String name, Init init) {
        return (S) super.setInit(name, init);
    }

    @Override
    public final S setWeightInit(Init init) {
        return (S) super.setWeightInit(init);
    }

    @Override
    public final S setBiasInit(Init init) {
        return (S) super.setBiasInit(init);
    }
}
