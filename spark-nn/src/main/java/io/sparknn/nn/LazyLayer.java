package io.sparknn.nn;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoSerializable;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.sparknn.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * A layer to be: it knows what to build once the shape of its input is known, and holds no values. A Spark ML Estimator
 * whose {@code fit} finds that shape in the column's metadata, or else in the first row, and trains nothing.
 *
 * <p>The lazy twin of a layer of one's own is a few lines:
 *
 * <pre>{@code
 * public final class LazyMyLinear extends LazyLayer<MyLinear> {
 *     private final int units;
 *     public LazyMyLinear(int units) { super(units); this.units = units; }
 *     @Override public MyLinear build(Shape input) { return new MyLinear(input.last(), units); }
 * }
 * }</pre>
 *
 * <p>A layer with lazy children has a lazy twin too, whose {@code build} makes the children {@link #ready} and hands them
 * to the constructor. Fitting leaves this object as it was: each fit builds a new layer.
 *
 * @param <L> the layer it builds
 */
public abstract class LazyLayer<L extends Layer> extends Estimator<Layer>
        implements Module, DefaultParamsWritable, KryoSerializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final transient Recipe recipe;
    private final transient StageParams params;
    private final transient InitsParam inits;

    /**
     * Keeps the constructor's arguments.
     *
     * @param arguments the arguments of the subclass's constructor, in order
     * @throws IllegalArgumentException if the class has no constructor that takes them
     */
    protected LazyLayer(Object... arguments) {
        String pending = Rebuild.pendingUid(getClass());
        id = pending != null ? pending : Identifiable$.MODULE$.randomUID(Recipe.name(getClass()));
        recipe = new Recipe(getClass(), arguments);
        params = new StageParams(id);
        inits = new InitsParam(id);
        setDefault(params.outputCol, id + "__output");
        setDefault(params.handleInvalid, StageParams.ERROR);
        setDefault(params.trainable, true);
    }

    /**
     * The uid as it is known while the object is still being made; for {@code override val uid = id} in Scala.
     *
     * @return the uid
     */
    protected final String id() {
        return id;
    }

    @Override
    public String uid() {
        return id;
    }

    /**
     * Builds the layer for an input. In a class of one's own this makes the layer and no more: what {@code setSeed},
     * {@code setInit} and {@code setTrainable} asked for is applied by {@code fit}, by {@link #ready} and by the
     * containers, which call it.
     *
     * @param input the input's shape; its first size are the rows, often {@link Shape#UNKNOWN}
     * @return a new layer
     */
    @Override
    public abstract L build(Shape input);

    /**
     * Builds the layer for several inputs; a lazy layer that takes several overrides this one too.
     *
     * @param inputs the shape of each input
     * @return a new layer
     */
    @Override
    public L build(Shape... inputs) {
        if (inputs.length != 1) {
            throw new IllegalArgumentException(
                    who() + " expects 1 input, got " + inputs.length + "; use setInputCol with one column");
        }
        return build(inputs[0]);
    }

    /**
     * The ready layer of a module among the constructor's arguments, for {@code build}: of a lazy one, with the settings
     * made on it; of a ready one, a copy, so that two builds share nothing.
     *
     * @param module a lazy or ready module
     * @param input the shape of its input
     * @return a new layer, to be handed to the constructor of what is built
     * @throws IllegalArgumentException if the module cannot take such input
     */
    protected final Layer ready(Module module, Shape input) {
        Layer layer = module instanceof LazyLayer
                ? ((LazyLayer<?>) module).settled(input)
                : ((Layer) module).copy(ParamMap.empty());
        layer.outputShape(input);
        return layer;
    }

    /**
     * The shape of the input for which the layer would have had given weights; for loading weights before any input was
     * seen.
     *
     * @param weights the shapes of the weights by name
     * @return the input's shape with unknown rows
     * @throws IllegalStateException if this class does not tell
     */
    protected Shape inputShape(Map<String, Shape> weights) {
        throw new IllegalStateException(who() + " cannot tell its input's shape from weights " + weights.keySet()
                + "; build(shape) it first and load the weights then, or override inputShape(weights)");
    }

    /**
     * The shapes of the inputs for a layer that reads several, told by its weights.
     *
     * @param weights the shapes of the weights by name
     * @return one shape for each input
     */
    protected Shape[] inputShapes(Map<String, Shape> weights) {
        return new Shape[] {inputShape(weights)};
    }

    /**
     * The shapes of the parameters, with {@link Shape#UNKNOWN} for sizes that depend on an unknown input.
     *
     * @param input the input's shape as far as it is known
     * @return shapes by name; empty if nothing can be said
     */
    protected Map<String, Shape> parameterShapes(Shape input) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        if (input.rank() > 0 && (input.rank() == 1 || input.dropFirst(1).isKnown())) {
            build(input).parameters().forEach((path, parameter) -> shapes.put(path, parameter.shape()));
        }
        return shapes;
    }

    /**
     * The Param of the output's size, where it is left for a classifier or regressor to take from the label.
     *
     * @return the Param, not set; null if there is nothing to tell, as it is unless overridden
     */
    protected IntParam openSize() {
        return null;
    }

    @Override
    public Shape outputShape(Shape input) {
        return settled(input).outputShape(input);
    }

    @Override
    public Shape outputShape(Shape... inputs) {
        return inputs.length == 1 ? outputShape(inputs[0]) : settled(inputs).outputShape(inputs);
    }

    /**
     * Refused: a lazy layer has no parameters yet.
     *
     * @param name the parameter's name
     * @return never
     * @throws IllegalStateException always, with what to do
     */
    @SuppressWarnings("DoNotCallSuggester") // a name that users look for; the error tells what to do
    public final Parameter parameter(String name) {
        throw new IllegalStateException(who() + " has no parameter \"" + name
                + "\" yet, for the width of its input is not" + " known; fit it on a DataFrame, or build(shape) it");
    }

    /** The layer for its inputs, with the settings made here, and the shape it was built for. */
    final L settled(Shape... inputs) {
        return settled(new Assembly(), inputs);
    }

    /** What {@code build} makes, as a part of a larger network. */
    L built(Assembly assembly, Shape... inputs) {
        return inputs.length == 1 ? build(inputs[0]) : build(inputs);
    }

    /** The same within a larger network. */
    final L settled(Assembly assembly, Shape... inputs) {
        L layer = built(assembly, inputs);
        if (layer == null) {
            throw new IllegalStateException(who() + " expects build to return a layer, got null");
        }
        settle(layer, inputs);
        return layer;
    }

    final void settle(Layer layer, Shape... inputs) {
        boolean known = inputs.length == 1
                && inputs[0].rank() > 1
                && inputs[0].dropFirst(1).isKnown();
        if (known && !layer.isSet(layer.inputShape())) {
            layer.set(layer.inputShape(), inputs[0].dropFirst(1).dims());
        }
        if (isSet(params.seed) && !layer.isSet(layer.seed())) {
            layer.set(layer.seed(), getOrDefault(params.seed));
        }
        if (isSet(params.trainable)) {
            layer.set(layer.trainable(), getOrDefault(params.trainable));
        }
        if (isSet(inits)) {
            getOrDefault(inits).apply(layer);
        }
    }

    /**
     * Builds the layer for the rows of a dataset.
     *
     * @param dataset has the input column; one row is read if the column's metadata does not tell its size
     * @return the layer, with the columns set here
     */
    @Override
    public L fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        Inputs inputs = Inputs.of(who(), this, params, dataset.schema());
        Shape[] shapes = inputs.shapes(dataset, getOrDefault(params.handleInvalid));
        L layer = settled(shapes);
        layer.outputShape(shapes);
        copyColumns(layer);
        layer.setParent(this);
        return layer;
    }

    final void copyColumns(Layer layer) {
        copyIfSet(params.inputCol, layer, layer.inputCol());
        copyIfSet(params.inputCols, layer, layer.inputCols());
        copyIfSet(params.handleInvalid, layer, layer.handleInvalid());
        layer.set(layer.outputCol(), getOrDefault(params.outputCol));
    }

    private <T> void copyIfSet(Param<T> from, Layer layer, Param<T> to) {
        if (isSet(from)) {
            layer.set(to, getOrDefault(from));
        }
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return Scoring.outputSchema(this, params, schema);
    }

    /**
     * A lazy layer of the same arguments and Params.
     *
     * @param extra Params to be set in the copy
     * @return the copy
     */
    @Override
    @SuppressWarnings("unchecked")
    public LazyLayer<L> copy(ParamMap extra) {
        return (LazyLayer<L>) new Rebuild(extra).copy(this);
    }

    @Override
    public String summary() {
        return Summary.of(this);
    }

    @Override
    public void saveWeights(String path) {
        Weights.save(this, path);
    }

    @Override
    public Module loadWeights(String path, String prefix) {
        Weights weights = Weights.load(path, prefix);
        return weights.isLazy() ? this : withWeights(new Assembly(), weights);
    }

    /** This module with given weights; of a lazy module, there are none and it stays lazy. */
    L withWeights(Assembly assembly, Weights weights) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        weights.names().forEach(name -> shapes.put(name, weights.shape(name, who())));
        Shape[] inputs = inputShapes(shapes);
        L layer = sized(assembly, inputs);
        settle(layer, inputs);
        weights.into(layer);
        return layer;
    }

    /** What {@code build} makes of shapes that weights tell, which leave open how long or large an input is. */
    L sized(Assembly assembly, Shape... inputs) {
        return built(assembly, inputs);
    }

    @Override
    public MLWriter write() {
        return new ModuleWriter(this);
    }

    /**
     * The reader of every saved lazy layer; Spark calls it by name when it loads a Pipeline.
     *
     * @return the reader
     */
    @SuppressWarnings({"rawtypes", "unchecked"})
    public static MLReader<LazyLayer<?>> read() {
        return new ModuleReader(LazyLayer.class);
    }

    /**
     * Loads a saved lazy layer.
     *
     * <p>A file names classes, but no code in it is run: the only classes it can bring to life are layers, lazy layers
     * and initialisers of the class path, by their constructors, and constants of enums. No Java serialisation is read.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     * @throws IllegalArgumentException if the directory holds none, is damaged, or its class is not on the class path
     */
    public static LazyLayer<?> load(String path) {
        return read().load(path);
    }

    // ---------------------------------------------------------------- Params

    /**
     * Param: the input column.
     *
     * @return the Param
     */
    public final Param<String> inputCol() {
        return params.inputCol;
    }

    /**
     * Param: the input columns of a layer of several inputs.
     *
     * @return the Param
     */
    public final Param<String[]> inputCols() {
        return params.inputCols;
    }

    /**
     * Param: the output column.
     *
     * @return the Param
     */
    public final Param<String> outputCol() {
        return params.outputCol;
    }

    /**
     * Param: what becomes of invalid rows, {@code error} (default), {@code skip} or {@code keep}.
     *
     * @return the Param
     */
    public final Param<String> handleInvalid() {
        return params.handleInvalid;
    }

    /**
     * Param: the seed of the initial values.
     *
     * @return the Param
     */
    public final LongParam seed() {
        return params.seed;
    }

    /**
     * Param: whether training changes the parameters, true by default.
     *
     * @return the Param
     */
    public final BooleanParam trainable() {
        return params.trainable;
    }

    /**
     * Param: initialisers by parameter name.
     *
     * @return the Param
     */
    public final InitsParam inits() {
        return inits;
    }

    /**
     * Sets the input column.
     *
     * @param column a column of vectors, arrays or numbers
     * @return this
     */
    public LazyLayer<L> setInputCol(String column) {
        set(params.inputCol, column);
        return this;
    }

    /**
     * Sets the input columns of a layer of several inputs.
     *
     * @param columns one column for each input
     * @return this
     */
    public LazyLayer<L> setInputCols(String... columns) {
        set(params.inputCols, columns);
        return this;
    }

    /**
     * Sets the output column.
     *
     * @param column its name; must not exist yet
     * @return this
     */
    public LazyLayer<L> setOutputCol(String column) {
        set(params.outputCol, column);
        return this;
    }

    /**
     * Sets what becomes of invalid rows.
     *
     * @param mode {@code error}, {@code skip} or {@code keep}
     * @return this
     */
    public LazyLayer<L> setHandleInvalid(String mode) {
        set(params.handleInvalid, mode);
        return this;
    }

    /**
     * Sets the seed of the initial values.
     *
     * @param seed the seed
     * @return this
     */
    public LazyLayer<L> setSeed(long seed) {
        set(params.seed, seed);
        return this;
    }

    /**
     * Has the layer built frozen, or trained.
     *
     * @param trainable whether training changes the parameters
     * @return this
     */
    public LazyLayer<L> setTrainable(boolean trainable) {
        set(params.trainable, trainable);
        return this;
    }

    /**
     * Sets how parameters are initialised.
     *
     * @param name a parameter's path, or its last name, which then means every parameter of that name in the network
     * @param init the initialiser
     * @return this
     */
    public LazyLayer<L> setInit(String name, Init init) {
        NamedInits known = isSet(inits) ? getOrDefault(inits) : new NamedInits();
        set(inits, known.with(name, init));
        return this;
    }

    /**
     * Sets how every parameter called {@code weight} is initialised.
     *
     * @param init the initialiser
     * @return this
     */
    public LazyLayer<L> setWeightInit(Init init) {
        return setInit("weight", init);
    }

    /**
     * Sets how every parameter called {@code bias} is initialised.
     *
     * @param init the initialiser
     * @return this
     */
    public LazyLayer<L> setBiasInit(Init init) {
        return setInit("bias", init);
    }

    // ---------------------------------------------------------------- inside

    /**
     * Class and uid, as errors name this layer.
     *
     * @return such as {@code LazyLinear(LazyLinear_1f3a)}
     */
    protected final String who() {
        return Recipe.name(getClass()) + "(" + id + ")";
    }

    final Recipe recipe() {
        return recipe;
    }

    final StageParams stageParams() {
        return params;
    }

    /**
     * Java serialisation, as of tasks and broadcasts: by recipe and values, not by fields.
     *
     * @return what travels instead of this object
     */
    protected final Object writeReplace() {
        return new Travel(this);
    }

    /**
     * Kryo serialisation, if Spark is set to it: as Java's.
     *
     * @param kryo not used
     * @param out takes the bytes
     */
    @Override
    public final void write(Kryo kryo, Output out) {
        KryoTravel.write(this, out);
    }

    /**
     * Kryo serialisation, if Spark is set to it: as Java's.
     *
     * @param kryo not used
     * @param in has the bytes
     */
    @Override
    public final void read(Kryo kryo, Input in) {
        KryoTravel.read(in, this);
    }

    @Override
    public String toString() {
        return recipe.toString();
    }
}
