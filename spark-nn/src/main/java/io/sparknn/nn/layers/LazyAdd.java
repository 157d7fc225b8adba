package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.Module;
import io.sparknn.tensor.Shape;

/**
 * An {@link Add} of modules that wait for their inputs' shapes.
 *
 * <p>{@code y = f0(x0) + f1(x1) + ...}
 *
 * <ul>
 *   <li>input: one that all modules take, or one for each module
 *   <li>output: the shape that all the modules' outputs have
 * </ul>
 *
 * <p>Errors: no module; a number of inputs that is neither 1 nor that of the modules; outputs of different shapes.
 *
 * <pre>{@code
 * LazyAdd sum = new LazyAdd(new LazyLinear(3), new LazyLinear(3));
 * sum.build(Shape.of(2, 8)).numParameters();  // 54
 * }</pre>
 */
public final class LazyAdd extends LazyParallel<Add, LazyAdd> {
    private static final long serialVersionUID = 1L;

    /**
     * Modules side by side.
     *
     * @param modules one module or more, lazy or ready
     */
    public LazyAdd(Module... modules) {
        super(modules);
    }

    @Override
    protected Add container(Layer... layers) {
        return new Add(layers);
    }

    /** All outputs are one shape, so each tells what others leave open. */
    @Override
    protected Shape outputOf(Shape[] inputs, Shape... outputs) {
        Shape sum = outputs[0];
        for (Shape output : outputs) {
            sum = Shapes.merged(sum, output);
        }
        return sum;
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyAdd load(String path) {
        return (LazyAdd) LazyLayer.load(path);
    }
}
