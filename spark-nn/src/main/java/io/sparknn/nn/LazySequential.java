package io.sparknn.nn;

import io.sparknn.tensor.Shape;

/**
 * Lazy and ready modules one after another; its ready twin is {@link Sequential}. Each module reads the output of the
 * one before.
 *
 * <p>Ready layers are copied into what is built, so that two fits share nothing. The same module twice shares its
 * parameters. Settings of the modules are Params of the chain by path, as {@code 0.outFeatures}.
 *
 * <pre>{@code
 * LazySequential net = new LazySequential(new LazyLinear(128), new Relu(), new LazyLinear(10));
 * net.build(Shape.of(Shape.UNKNOWN, 784)).numParameters();         // 101770
 * }</pre>
 */
public final class LazySequential extends LazyContainer<Sequential, LazySequential> {
    private static final long serialVersionUID = 1L;

    /**
     * A chain.
     *
     * @param modules lazy and ready modules in order; the first one may take several inputs
     */
    public LazySequential(Module... modules) {
        super(modules);
    }

    @Override
    protected Sequential container(Layer... layers) {
        return new Sequential(layers);
    }

    @Override
    protected Shape[] inputsOf(int index, Shape[] inputs, Shape before) {
        return index == 0 ? inputs : new Shape[] {before};
    }

    @Override
    protected Module[] readers() {
        return size() == 0 ? new Module[0] : new Module[] {module(0)};
    }

    @Override
    protected Shape outputOf(Shape[] inputs, Shape... outputs) {
        return outputs.length == 0 ? inputs[0] : outputs[outputs.length - 1];
    }

    /**
     * Loads a saved lazy chain.
     *
     * @param path a directory written by {@code save}
     * @return the chain
     */
    public static LazySequential load(String path) {
        return new ModuleReader<>(LazySequential.class).load(path);
    }
}
