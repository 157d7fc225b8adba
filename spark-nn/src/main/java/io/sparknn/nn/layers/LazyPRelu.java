package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;

/**
 * A {@link PRelu} with a slope for each channel, whose number it finds on axis 1 of its input.
 *
 * <ul>
 *   <li>input: (N, C, ...) with any C
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: an input without channels. PyTorch has no such twin.
 *
 * <pre>{@code
 * PRelu relu = new LazyPRelu().build(Shape.of(3, 6, 4, 4));
 * relu.parameter("weight").shape();           // (6)
 * }</pre>
 */
public final class LazyPRelu extends LazyChannels<PRelu, LazyPRelu> {
    private static final long serialVersionUID = 1L;

    private final double init;

    /** Slopes that are 0.25 at first. */
    public LazyPRelu() {
        this(0.25);
    }

    /**
     * Slopes of a first value.
     *
     * @param init the first value, a finite number
     */
    public LazyPRelu(double init) {
        super(new String[] {"weight"}, init);
        this.init = Sizes.finite("LazyPRelu", "init", init);
    }

    @Override
    PRelu of(int channels) {
        return new PRelu(channels, init);
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyPRelu load(String path) {
        return (LazyPRelu) LazyLayer.load(path);
    }
}
