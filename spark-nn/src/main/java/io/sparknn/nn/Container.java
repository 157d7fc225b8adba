package io.sparknn.nn;

import java.util.Arrays;

/**
 * The base of layers made of layers, which are called 0, 1, ... as PyTorch's {@code Sequential} calls them.
 *
 * @param <S> the container itself
 */
public abstract class Container<S extends Container<S>> extends StandardLayer<S> {
    private static final long serialVersionUID = 1L;

    private final Layer[] layers;

    /**
     * Registers the layers, which are the constructor's arguments: one array, or each by itself.
     *
     * @param layers the layers in order
     */
    protected Container(Layer... layers) {
        super((Object[]) layers.clone());
        this.layers = layers.clone();
        for (int i = 0; i < layers.length; i++) {
            addLayer(String.valueOf(i), layers[i]);
        }
    }

    /**
     * The number of layers.
     *
     * @return at least 0
     */
    public final int size() {
        return layers.length;
    }

    /**
     * One of the layers.
     *
     * @param index its place, from 0
     * @return the layer itself
     */
    public final Layer layer(int index) {
        if (index < 0 || index >= layers.length) {
            throw new IllegalArgumentException(
                    who() + " expects a place from 0 to " + (layers.length - 1) + ", got " + index);
        }
        return layers[index];
    }

    /**
     * Those of the layers that read the container's own input; they tell the sizes it was made for.
     *
     * @return all of them, unless overridden
     */
    protected Layer[] readers() {
        return layers.clone();
    }

    @Override
    public final Reading reading(int input, int count) {
        return Readers.reading(input, count, readers());
    }

    @Override
    protected final int[] inputSizes() {
        int[] sizes = super.inputSizes();
        for (Layer reader : readers()) {
            int[] own = reader.inputSizes();
            if (sizes != null && own != null && !Arrays.equals(sizes, own)) {
                return super.inputSizes();
            }
            sizes = sizes == null ? own : sizes;
        }
        return sizes;
    }
}
