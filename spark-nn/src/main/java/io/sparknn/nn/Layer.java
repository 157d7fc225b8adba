package io.sparknn.nn;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoSerializable;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A layer that is ready: a function of tensors with parameters, and a Spark ML Transformer over a vector column.
 *
 * <p>A layer of one's own is one class with one constructor, which passes its arguments up: they are the layer's
 * identity, by which it is copied, saved, loaded and shipped to executors. It can be a stage of a Pipeline, a member of
 * {@link Sequential}, and used without Spark:
 *
 * <pre>{@code
 * public final class MyLinear extends Layer {
 *     private final Parameter weight, bias;
 *     public MyLinear(int inUnits, int units) {
 *         super(inUnits, units);
 *         weight = addParameter("weight", Init.normal(), inUnits, units);
 *         bias = addParameter("bias", Init.normal(), units);
 *     }
 *     @Override public Tensor forward(Tensor x) { return x.matmul(weight).add(bias).relu(); }
 * }
 * }</pre>
 *
 * <p>Only constructor arguments, Params, parameters, buffers and registered child layers survive copying and saving; a
 * field that would be lost is refused by name. In Scala write {@code override val uid = id} in the class body.
 *
 * <p>{@link #transform} gives what {@code forward} gives when the whole DataFrame is its input: a mean over the rows is
 * the mean over all partitions.
 */
public abstract class Layer extends Model<Layer> implements Module, DefaultParamsWritable, KryoSerializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final transient Recipe recipe;
    private final transient Members members;
    private final transient StageParams params;
    private final transient Shipment shipment = new Shipment();

    /**
     * Keeps the constructor's arguments.
     *
     * @param arguments the arguments of the subclass's constructor, in order: numbers, strings, enums, arrays, layers,
     *     initialisers
     * @throws IllegalArgumentException if the class has no constructor that takes them, or no forward
     */
    protected Layer(Object... arguments) {
        String pending = Rebuild.pendingUid(getClass());
        id = pending != null ? pending : Identifiable$.MODULE$.randomUID(Recipe.name(getClass()));
        recipe = new Recipe(getClass(), arguments);
        members = new Members(this);
        params = new StageParams(id);
        ForwardMethods.check(getClass());
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

    // ---------------------------------------------------------------- what a subclass writes

    /**
     * Computes the output of one input.
     *
     * @param x the input; its first axis holds the rows
     * @return the output, with as many rows
     */
    public Tensor forward(Tensor x) {
        return forward(new Tensor[] {x});
    }

    /**
     * Computes the output of several inputs; a layer of several inputs overrides this one.
     *
     * @param x the inputs; the first axis of each holds the rows
     * @return the output, with as many rows
     */
    public Tensor forward(Tensor... x) {
        if (x.length != 1) {
            throw new IllegalArgumentException(who() + " expects 1 input, got " + x.length
                    + "; a layer of several inputs overrides forward(Tensor... x)");
        }
        return forward(x[0]);
    }

    /**
     * The sizes of one row of input that this layer was made for; a layer that knows them overrides this, so that rows
     * of another width are refused before any job runs.
     *
     * @return the sizes without the rows, or null if the layer takes any
     */
    protected int[] inputSizes() {
        return isSet(params.inputShape) ? getOrDefault(params.inputShape) : null;
    }

    /**
     * Registers a parameter, in the constructor.
     *
     * @param name its name, without dots
     * @param init how its first values are drawn
     * @param shape its sizes, each at least 1
     * @return the parameter, to be kept in a final field and used in forward
     */
    protected final Parameter addParameter(String name, Init init, int... shape) {
        return members.addTensor(name, false, init, shape);
    }

    /**
     * Registers a tensor that is saved with the layer but not trained, such as a running mean or a constant.
     *
     * @param name its name, without dots
     * @param init how its first values are drawn
     * @param shape its sizes, each at least 1
     * @return the buffer
     */
    protected final Parameter addBuffer(String name, Init init, int... shape) {
        return members.addTensor(name, true, init, shape);
    }

    /**
     * Registers a child layer, in the constructor.
     *
     * @param name its name, without dots
     * @param child the layer; the same one may be registered twice, its parameters are tied then
     * @param <L> its class
     * @return the child
     */
    protected final <L extends Layer> L addLayer(String name, L child) {
        members.addLayer(name, child);
        return child;
    }

    /**
     * Tells, in forward, whether this is training.
     *
     * @return false in {@code transform} and outside a pass
     */
    protected final boolean training() {
        return Pass.isTraining();
    }

    /**
     * Random numbers in forward, uniform over [0, 1), the same for any number of workers.
     *
     * @param shape the shape, such as {@code x.shape()}
     * @return the numbers
     */
    protected final Tensor rand(Shape shape) {
        return Pass.random(path(""), shape, false);
    }

    /**
     * Random numbers in forward, normal with mean 0 and deviation 1, the same for any number of workers.
     *
     * @param shape the shape, such as {@code x.shape()}
     * @return the numbers
     */
    protected final Tensor randn(Shape shape) {
        return Pass.random(path(""), shape, true);
    }

    /**
     * Changes, in forward and in training, what a buffer will hold once this pass over a batch is done: until then it
     * keeps its values, forward and backward. A layer that is used twice changes it twice, the second time from the
     * result of the first.
     *
     * <pre>{@code
     * if (training()) {
     *     update(runningMean, old -> old.mul(0.9).add(x.mean(0).mul(0.1)));
     * }
     * }</pre>
     *
     * @param buffer a buffer of this layer
     * @param change gives the new values from the old ones; no gradients flow through it
     * @return the new values
     * @throws IllegalStateException if this is no training, or the buffer is a parameter
     */
    protected final Tensor update(Parameter buffer, UnaryOperator<Tensor> change) {
        return Pass.update(buffer, change);
    }

    /**
     * Tells whether training may change this layer: not if it, or a layer around it, is frozen.
     *
     * @return the flag
     */
    protected final boolean isTrainable() {
        Layer parent = members.parent();
        return (Boolean) getOrDefault(params.trainable) && (parent == null || parent.isTrainable());
    }

    // ---------------------------------------------------------------- parameters and children

    /**
     * A parameter or buffer of this layer or a layer within it.
     *
     * @param path its name, such as {@code weight} or {@code 0.weight}
     * @return the parameter
     * @throws IllegalArgumentException if there is none
     */
    public final Parameter parameter(String path) {
        return members.tensor(path);
    }

    /**
     * All parameters of this layer and the layers within it, each once, by path.
     *
     * @return in the order of registration, depth first, without buffers
     */
    public final Map<String, Parameter> parameters() {
        return members.parameters(false);
    }

    /**
     * All buffers of this layer and the layers within it, each once, by path.
     *
     * @return in the order of registration, depth first
     */
    public final Map<String, Parameter> buffers() {
        return members.parameters(true);
    }

    /**
     * The number of trained values: of all parameters, each counted once.
     *
     * @return the count
     */
    public final long numParameters() {
        return parameters().values().stream().mapToLong(p -> p.shape().size()).sum();
    }

    /**
     * The child layers.
     *
     * @return by name, in the order of registration
     */
    public final Map<String, Layer> layers() {
        return members.layers();
    }

    /**
     * Calls an action on every layer within this one, each once, children first, and then on this one.
     *
     * @param action for example {@code l -> { if (l instanceof Linear) l.parameter("weight").init(Init.eye()); }}
     * @return this
     */
    public final Layer apply(Consumer<? super Layer> action) {
        members.allLayers().forEach(action);
        return this;
    }

    // ---------------------------------------------------------------- a Module

    @Override
    public final Shape outputShape(Shape input) {
        return DryRun.of(this, input).output();
    }

    @Override
    public final Shape outputShape(Shape... inputs) {
        return DryRun.of(this, inputs).output();
    }

    @Override
    public final Layer build(Shape input) {
        outputShape(input);
        return this;
    }

    @Override
    public final Layer build(Shape... inputs) {
        outputShape(inputs);
        return this;
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
    public Layer loadWeights(String path) {
        return loadWeights(path, "");
    }

    @Override
    public Layer loadWeights(String path, String prefix) {
        Weights.load(path, prefix).into(this);
        return this;
    }

    // ---------------------------------------------------------------- a Spark ML stage

    /**
     * Writes the output as a vector column behind the others. Lazily, but for a layer that reduces over the rows, whose
     * reductions over all partitions run now, one pass over the input column each.
     *
     * @param dataset has the input column
     * @return the dataset with the output column
     */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        return Scoring.transform(this, dataset);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return Scoring.outputSchema(this, schema);
    }

    /**
     * A layer of the same arguments, Params and values. Layers within are copied as well, each once, so tied layers stay
     * tied.
     *
     * @param extra Params to be set in the copy; those of layers within reach them
     * @return the copy
     */
    @Override
    public Layer copy(ParamMap extra) {
        return (Layer) new Rebuild(extra).copy(this);
    }

    @Override
    public MLWriter write() {
        return new ModuleWriter(this);
    }

    /**
     * The reader of every saved layer; Spark calls it by name when it loads a Pipeline.
     *
     * @return the reader
     */
    public static MLReader<Layer> read() {
        return new ModuleReader<>(Layer.class);
    }

    /**
     * Loads a saved layer.
     *
     * <p>A file names classes, but no code in it is run: the only classes it can bring to life are layers, lazy layers
     * and initialisers of the class path, by their constructors, and constants of enums. No Java serialisation is read.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     * @throws IllegalArgumentException if the directory holds none, is damaged, or its class is not on the class path
     */
    public static Layer load(String path) {
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
     * Param: whether training changes this layer's parameters, true by default.
     *
     * @return the Param
     */
    public final BooleanParam trainable() {
        return params.trainable;
    }

    /**
     * Param: the sizes of one row of the input, set when a lazy layer builds this one.
     *
     * @return the Param
     */
    public final Param<int[]> inputShape() {
        return params.inputShape;
    }

    /**
     * Sets the input column.
     *
     * @param column a column of vectors, arrays or numbers
     * @return this
     */
    public Layer setInputCol(String column) {
        set(params.inputCol, column);
        return this;
    }

    /**
     * Sets the input columns of a layer of several inputs.
     *
     * @param columns one column for each input
     * @return this
     */
    public Layer setInputCols(String... columns) {
        set(params.inputCols, columns);
        return this;
    }

    /**
     * Sets the output column.
     *
     * @param column its name; must not exist yet
     * @return this
     */
    public Layer setOutputCol(String column) {
        set(params.outputCol, column);
        return this;
    }

    /**
     * Sets what becomes of invalid rows.
     *
     * @param mode {@code error}, {@code skip} or {@code keep}
     * @return this
     */
    public Layer setHandleInvalid(String mode) {
        set(params.handleInvalid, mode);
        return this;
    }

    /**
     * Sets the seed of initial values that are not drawn yet, here and in the layers within that have none of their own.
     *
     * @param seed the seed
     * @return this
     */
    public Layer setSeed(long seed) {
        set(params.seed, seed);
        return this;
    }

    /**
     * Freezes this layer and all within it, or lets training change them again.
     *
     * @param trainable whether training changes the parameters
     * @return this
     */
    public Layer setTrainable(boolean trainable) {
        set(params.trainable, trainable);
        return this;
    }

    // ---------------------------------------------------------------- inside

    /**
     * Class and uid, as errors name this layer.
     *
     * @return such as {@code Linear(Linear_1f3a)}
     */
    protected final String who() {
        return Recipe.name(getClass()) + "(" + id + ")";
    }

    final Recipe recipe() {
        return recipe;
    }

    final Members members() {
        return members;
    }

    final StageParams stageParams() {
        return params;
    }

    final Shipment shipment() {
        return shipment;
    }

    /** Whether there are parameters, and all of them are as an initialiser drew them. */
    final boolean isUntrained() {
        Map<String, Parameter> all = parameters();
        return !all.isEmpty() && all.values().stream().noneMatch(Parameter::isGiven);
    }

    /** The own seed if set, else that of the nearest layer around this one, else one from the outermost layer's uid. */
    final long effectiveSeed() {
        Layer parent = members.parent();
        if (isSet(params.seed)) {
            return (Long) getOrDefault(params.seed);
        }
        return parent == null ? id.hashCode() : parent.effectiveSeed();
    }

    /** The path of a name of this layer, from the outermost layer on. */
    final String path(String name) {
        return members.path(name);
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
