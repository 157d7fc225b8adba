package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Param;

/**
 * The base of lazy layers made of lazy and ready modules: shapes are handed to each module and checked, and only then is
 * the ready container there, all of it or nothing.
 *
 * <p>Ready layers are copied into what is built, so that two fits share nothing. The same module twice shares its
 * parameters. Settings of the modules are Params of the container by path, as {@code 0.outFeatures}: a grid over them
 * can be saved with the CrossValidator, which does not know the modules themselves.
 *
 * @param <L> the container it builds
 * @param <S> the lazy container itself
 */
public abstract class LazyContainer<L extends Layer, S extends LazyContainer<L, S>> extends StandardLazyLayer<L, S> {
    private static final long serialVersionUID = 1L;

    private final Module[] modules;
    private final transient Settings settings;

    /**
     * Keeps the modules, which are the constructor's arguments: one array, or each by itself.
     *
     * @param modules lazy and ready modules in order
     */
    protected LazyContainer(Module... modules) {
        super((Object[]) modules.clone());
        if (Arrays.asList(modules).contains(null)) {
            throw new IllegalArgumentException(who() + " expects modules, got null among " + modules.length);
        }
        this.modules = modules.clone();
        this.settings = new Settings(id(), modules);
    }

    /**
     * Makes the ready container.
     *
     * @param layers the ready layers, one for each module
     * @return a new container
     */
    protected abstract L container(Layer... layers);

    /**
     * What a module reads.
     *
     * @param index the module's place
     * @param inputs the container's inputs
     * @param before the output of the module before this one; null for the first
     * @return the module's inputs
     * @throws IllegalArgumentException if the container cannot take so many inputs
     */
    protected abstract Shape[] inputsOf(int index, Shape[] inputs, Shape before);

    /**
     * The output's shape.
     *
     * @param inputs the container's inputs
     * @param outputs the output of each module; unknown where the inputs are
     * @return the container's output
     */
    protected abstract Shape outputOf(Shape[] inputs, Shape... outputs);

    /**
     * Those of the modules that read the container's own input.
     *
     * @return all of them, unless overridden
     */
    protected Module[] readers() {
        return modules.clone();
    }

    @Override
    public final Reading reading(int input, int count) {
        return Readers.reading(input, count, readers());
    }

    @Override
    protected int maxInputs() {
        return Integer.MAX_VALUE;
    }

    @Override
    protected final L create(Shape... inputs) {
        return create(new Assembly(), inputs);
    }

    @Override
    final L create(Assembly assembly, Shape... inputs) {
        Module[] current = settings.applied(this, modules);
        Layer[] layers = new Layer[current.length];
        Shape before = null;
        for (int i = 0; i < current.length; i++) {
            Shape[] own = inputsOf(i, inputs, before);
            try {
                layers[i] = assembly.layer(current[i], lazy -> lazy.settled(assembly, own));
                before = ChainShapes.after(layers[i], own);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(who() + ", module " + i + ": " + e.getMessage(), e);
            }
        }
        return container(layers);
    }

    @Override
    final L withWeights(Assembly assembly, Weights weights) {
        Module[] current = settings.applied(this, modules);
        Layer[] layers = new Layer[current.length];
        for (int i = 0; i < layers.length; i++) {
            Weights part = weights.part(i + ".");
            layers[i] = assembly.layer(current[i], lazy -> lazy.withWeights(assembly, part));
        }
        L container = container(layers);
        settle(container);
        weights.into(container);
        return container;
    }

    @Override
    public final Shape outputShape(Shape input) {
        return outputShape(new Shape[] {input});
    }

    @Override
    public final Shape outputShape(Shape... inputs) {
        Module[] current = settings.applied(this, modules);
        Shape[] outputs = new Shape[current.length];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = ChainShapes.after(current[i], inputsOf(i, inputs, i == 0 ? null : outputs[i - 1]));
        }
        return outputOf(inputs, outputs);
    }

    @Override
    protected final Map<String, Shape> parameterShapes(Shape input) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        Module[] current = settings.applied(this, modules);
        Shape before = null;
        for (int i = 0; i < current.length; i++) {
            ChainShapes chain = new ChainShapes(inputsOf(i, new Shape[] {input}, before)[0]);
            String prefix = i + ".";
            chain.parameters(current[i]).forEach((name, shape) -> shapes.put(prefix + name, shape));
            chain.advance(current[i]);
            before = chain.shape();
        }
        return shapes;
    }

    /** The modules with what is set by path. */
    final List<Module> current() {
        return List.of(settings.applied(this, modules));
    }

    final Settings settings() {
        return settings;
    }

    /**
     * The number of modules.
     *
     * @return at least 0
     */
    public final int size() {
        return modules.length;
    }

    /**
     * One of the modules.
     *
     * @param index its place, from 0
     * @return the module itself
     */
    public final Module module(int index) {
        if (index < 0 || index >= modules.length) {
            throw new IllegalArgumentException(
                    who() + " expects a place from 0 to " + (modules.length - 1) + ", got " + index);
        }
        return modules[index];
    }

    /**
     * A setting of a module as a Param of this container: what it is set to here goes before what the module has.
     *
     * @param path place and name, such as {@code 0.outFeatures}; of a container within, {@code 0.1.outFeatures}
     * @param <P> the kind of Param, such as IntParam
     * @return the Param
     * @throws IllegalArgumentException if there is none
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // so that addGrid(IntParam, int[]) takes it
    public final <P extends Param<?>> P setting(String path) {
        return (P) settings.get(who(), path);
    }

    /** Own Params and those of the modules by path. */
    @Override
    public final Param<?>[] params() {
        Param<?>[] own = super.params();
        // Called by the constructors of Spark's traits before the field is there.
        return settings == null ? own : settings.with(own);
    }
}
