package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;

/**
 * Lazy and ready modules one after another; the shapes are handed from each to the next, checked, and only then is the
 * {@link Sequential} there, all of it or nothing.
 *
 * <p>Ready layers are copied into what is built, so that two fits share nothing. The same module twice shares its
 * parameters. Settings of the modules are Params of the chain by path, as {@code 0.outFeatures}: a grid over them can be
 * saved with the CrossValidator, which does not know the modules themselves.
 *
 * <pre>{@code
 * LazySequential net = new LazySequential(new LazyLinear(128), new Relu(), new LazyLinear(10));
 * net.build(Shape.of(Shape.UNKNOWN, 784)).numParameters();         // 101770
 * }</pre>
 */
public final class LazySequential extends StandardLazyLayer<Sequential, LazySequential> {
    private static final long serialVersionUID = 1L;

    private final Module[] modules;
    private final transient Settings settings;

    /**
     * A chain.
     *
     * @param modules lazy and ready modules in order
     */
    public LazySequential(Module... modules) {
        super((Object) modules.clone());
        if (Arrays.asList(modules).contains(null)) {
            throw new IllegalArgumentException("LazySequential expects modules, got null among " + modules.length);
        }
        this.modules = modules.clone();
        this.settings = new Settings(id(), modules);
    }

    @Override
    protected int maxInputs() {
        return Integer.MAX_VALUE;
    }

    @Override
    protected Sequential create(Shape... inputs) {
        Module[] current = settings.applied(this, modules);
        List<Layer> built = new ArrayList<>();
        IdentityHashMap<Module, Layer> known = new IdentityHashMap<>();
        Shape[] shapes = inputs;
        for (int i = 0; i < current.length; i++) {
            Module module = current[i];
            try {
                Layer layer = known.get(module);
                if (layer == null) {
                    layer = ready(module, shapes);
                    known.put(module, layer);
                }
                built.add(layer);
                shapes = new Shape[] {shapes.length == 1 ? layer.outputShape(shapes[0]) : layer.outputShape(shapes)};
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(who() + ", module " + i + ": " + e.getMessage(), e);
            }
        }
        return new Sequential(built.toArray(new Layer[0]));
    }

    private static Layer ready(Module module, Shape... shapes) {
        return module instanceof LazyLayer
                ? ((LazyLayer<?>) module).settled(shapes)
                : ((Layer) module).copy(ParamMap.empty());
    }

    @Override
    public Shape outputShape(Shape input) {
        Shape shape = input;
        for (Module module : settings.applied(this, modules)) {
            shape = module.outputShape(shape);
        }
        return shape;
    }

    @Override
    protected Map<String, Shape> parameterShapes(Shape input) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        ChainShapes chain = new ChainShapes(input);
        Module[] current = settings.applied(this, modules);
        for (int i = 0; i < current.length; i++) {
            int place = i;
            chain.parameters(current[i]).forEach((name, shape) -> shapes.put(place + "." + name, shape));
            chain.advance(current[i]);
        }
        return shapes;
    }

    @Override
    Module withWeights(Weights weights) {
        if (weights.isLazy()) {
            return this;
        }
        Module[] current = settings.applied(this, modules);
        IdentityHashMap<Module, Layer> known = new IdentityHashMap<>();
        Layer[] layers = new Layer[current.length];
        for (int i = 0; i < layers.length; i++) {
            Weights part = weights.part(i + ".");
            Module module = current[i];
            layers[i] = known.get(module);
            if (layers[i] == null) {
                layers[i] = module instanceof Layer layer
                        ? layer.copy(ParamMap.empty())
                        : (Layer) ((LazyLayer<?>) module).withWeights(part);
                known.put(module, layers[i]);
            }
        }
        Sequential chain = new Sequential(layers);
        weights.into(chain);
        settle(chain, new Shape[0]);
        return chain;
    }

    /**
     * The number of modules.
     *
     * @return at least 0
     */
    public int size() {
        return modules.length;
    }

    /**
     * One of the modules.
     *
     * @param index its place, from 0
     * @return the module itself
     */
    public Module module(int index) {
        if (index < 0 || index >= modules.length) {
            throw new IllegalArgumentException(
                    who() + " expects a place from 0 to " + (modules.length - 1) + ", got " + index);
        }
        return modules[index];
    }

    /**
     * A setting of a module as a Param of this chain: what it is set to here goes before what the module has.
     *
     * @param path place and name, such as {@code 0.outFeatures}
     * @param <P> the kind of Param, such as IntParam
     * @return the Param
     * @throws IllegalArgumentException if there is none
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // so that addGrid(IntParam, int[]) takes it
    public <P extends Param<?>> P setting(String path) {
        return (P) settings.get(who(), path);
    }

    /** Own Params and those of the modules by path. May be overridden here because the class is final. */
    @Override
    public Param<?>[] params() {
        Param<?>[] own = super.params();
        // Called by the constructors of Spark's traits before the field is there.
        return settings == null ? own : settings.with(own);
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
