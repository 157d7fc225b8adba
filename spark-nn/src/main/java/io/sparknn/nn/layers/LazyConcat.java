package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.Module;
import io.sparknn.tensor.Shape;

/**
 * A {@link Concat} of modules that wait for their inputs' shapes.
 *
 * <p>{@code y = [f0(x0), f1(x1), ...]}
 *
 * <ul>
 *   <li>input: one that all modules take, or one for each module
 *   <li>output: the modules' outputs, whose last sizes add up
 * </ul>
 *
 * <p>Errors: no module; a number of inputs that is neither 1 nor that of the modules; outputs that differ on another
 * axis than the last.
 *
 * <pre>{@code
 * LazyConcat wide = new LazyConcat(new LazyLinear(3), new Identity());
 * wide.build(Shape.of(2, 8)).outputShape(Shape.of(2, 8));         // (2, 11)
 * }</pre>
 */
public final class LazyConcat extends LazyParallel<Concat, LazyConcat> {
    private static final long serialVersionUID = 1L;

    /**
     * Modules side by side.
     *
     * @param modules one module or more, lazy or ready
     */
    public LazyConcat(Module... modules) {
        super(modules);
    }

    @Override
    protected Concat container(Layer... layers) {
        return new Concat(layers);
    }

    @Override
    protected Shape outputOf(Shape[] inputs, Shape... outputs) {
        int width = 0;
        for (Shape output : outputs) {
            boolean open = width == Shape.UNKNOWN || output.rank() < 1 || output.last() == Shape.UNKNOWN;
            width = open ? Shape.UNKNOWN : width + output.last();
        }
        return outputs[0].rank() < 1 ? outputs[0] : outputs[0].with(-1, width);
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyConcat load(String path) {
        return (LazyConcat) LazyLayer.load(path);
    }
}
