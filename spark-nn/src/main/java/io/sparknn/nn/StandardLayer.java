package io.sparknn.nn;

/**
 * The base of the layers that come with the library: its setters return the concrete type.
 *
 * @param <S> the layer itself
 */
@SuppressWarnings("unchecked")
public abstract class StandardLayer<S extends StandardLayer<S>> extends Layer {
    private static final long serialVersionUID = 1L;

    /**
     * Keeps the constructor's arguments.
     *
     * @param arguments the arguments of the subclass's constructor, in order
     */
    protected StandardLayer(Object... arguments) {
        super(arguments);
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
    public final S loadWeights(String path) {
        return (S) super.loadWeights(path);
    }

    @Override
    public final S loadWeights(String path, String prefix) {
        return (S) super.loadWeights(path, prefix);
    }
}
