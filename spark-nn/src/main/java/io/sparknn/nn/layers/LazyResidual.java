package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyContainer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.Module;
import io.sparknn.tensor.Shape;

/**
 * A {@link Residual} around a module that waits for its input's shape.
 *
 * <p>{@code y = x + f(x)}
 *
 * <ul>
 *   <li>input: any shape that f keeps
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: an f that changes the shape.
 *
 * <pre>{@code
 * LazyResidual block = new LazyResidual(new LazySequential(new LazyLinear(8), new Relu()));
 * block.build(Shape.of(2, 8)).numParameters();          // 72
 * }</pre>
 */
public final class LazyResidual extends LazyContainer<Residual, LazyResidual> {
    private static final long serialVersionUID = 1L;

    /**
     * A module with a way around it.
     *
     * @param module the module f, lazy or ready
     */
    public LazyResidual(Module module) {
        super(module);
    }

    @Override
    protected int maxInputs() {
        return 1;
    }

    @Override
    protected Residual container(Layer... layers) {
        return new Residual(layers[0]);
    }

    @Override
    protected Shape[] inputsOf(int index, Shape[] inputs, Shape before) {
        return inputs;
    }

    /** Input and output are one shape, so each tells what the other leaves open. */
    @Override
    protected Shape outputOf(Shape[] inputs, Shape... outputs) {
        return Shapes.merged(outputs[0], inputs[0]);
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyResidual load(String path) {
        return (LazyResidual) LazyLayer.load(path);
    }
}
