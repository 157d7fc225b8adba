package io.sparknn.ml;

import io.sparknn.nn.ConfiguredParam;
import io.sparknn.nn.InputColumns;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Module;
import io.sparknn.nn.NetworkBuilder;
import io.sparknn.tensor.Shape;
import io.sparknn.train.Accuracy;
import io.sparknn.train.TrainingListener;
import io.sparknn.train.TrainingResult;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.shared.HasWeightCol;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a network to tell classes apart: a Spark ML estimator like any other.
 *
 * <p>Features are vectors, dense or sparse, arrays of numbers, or numbers; several columns feed a network of several
 * inputs. Labels are classes from 0 to K - 1, whose number is in the column's metadata, as after a StringIndexer, or is
 * found by a job over the column; the network's last lazy layer without a size gets K outputs. The loss is cross entropy
 * unless set; for a network that ends in one output and two classes it is BceWithLogitsLoss. Labels that are vectors of
 * 0 and 1 make each output a label of its own, with that loss as well.
 *
 * <pre>{@code
 * LazySequential net = new LazySequential(new LazyLinear(128), new Relu(), new Dropout(0.2), new LazyLinear());
 * NeuralNetworkClassificationModel model = new NeuralNetworkClassifier()
 *         .setNetwork(net).setLearningRate(2e-3).setMaxEpochs(20).fit(train);
 * model.transform(test);                              // rawPrediction, probability, prediction
 * }</pre>
 */
public final class NeuralNetworkClassifier
        extends ProbabilisticClassifier<Vector, NeuralNetworkClassifier, NeuralNetworkClassificationModel>
        implements NeuralNetworkParams<NeuralNetworkClassifier>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    // Neither has an initialiser: the constructors of Spark's classes run before, and set the second.
    private String uid;
    private Param<String> weightCol;
    private final NetworkSettings settings;
    private transient TrainingListener listener;

    /** A classifier. */
    public NeuralNetworkClassifier() {
        this(Identifiable$.MODULE$.randomUID("NeuralNetworkClassifier"));
    }

    /**
     * A classifier of a given uid.
     *
     * @param uid its uid
     */
    public NeuralNetworkClassifier(String uid) {
        this(PendingUid.stash(uid));
    }

    private NeuralNetworkClassifier(PendingUid pending) {
        super();
        uid = pending.taken();
        HasWeightCol.$init$(this);
        settings = new NetworkSettings();
        Settable.defaults(this);
        setDefault(labelSmoothing(), 0.0);
    }

    @Override
    public String uid() {
        return uid != null ? uid : PendingUid.get();
    }

    // ---------------------------------------------------------------- Params of its own

    @Override
    public Param<String> weightCol() {
        return weightCol;
    }

    /**
     * Spark's way to give a class the Param of a trait.
     *
     * @param param the Param
     */
    @Override
    public void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(Param<String> param) {
        weightCol = param;
    }

    /**
     * Param: how much the rows of each class count.
     *
     * @return the Param
     */
    public ConfiguredParam<ClassWeights> classWeights() {
        return new ConfiguredParam<>(
                uid(),
                "classWeights",
                "how much the rows of each class count; alike unless set",
                ClassWeights.class,
                ClassWeights::named);
    }

    /**
     * How much the rows of each class count.
     *
     * @return the weights, null for all alike
     */
    public ClassWeights getClassWeights() {
        return isSet(classWeights()) ? getOrDefault(classWeights()) : null;
    }

    /**
     * Sets how much the rows of each class count.
     *
     * @param weights one for each class
     * @return this
     */
    public NeuralNetworkClassifier setClassWeights(double... weights) {
        return Settable.set(this, classWeights(), ClassWeights.of(weights));
    }

    /**
     * Lets all classes count alike, however rare they are.
     *
     * @param name {@code balanced}
     * @return this
     */
    public NeuralNetworkClassifier setClassWeights(String name) {
        return Settable.set(this, classWeights(), ClassWeights.named(name));
    }

    /**
     * Param: the share of each label that is spread over all classes.
     *
     * @return the Param
     */
    public DoubleParam labelSmoothing() {
        return Settable.number(
                this,
                "labelSmoothing",
                "from 0 to 1",
                share -> share >= 0 && share <= 1,
                "share of each label that is spread over all classes");
    }

    /**
     * The share of each label that is spread over all classes.
     *
     * @return 0 unless set
     */
    public double getLabelSmoothing() {
        return (Double) getOrDefault(labelSmoothing());
    }

    /**
     * Spreads a share of each label over all classes.
     *
     * @param share from 0 to 1
     * @return this
     */
    public NeuralNetworkClassifier setLabelSmoothing(double share) {
        return Settable.set(this, labelSmoothing(), share);
    }

    /**
     * Has someone told how fits go, while they run. Neither saved nor a Param; copies have it, too.
     *
     * @param listener such as a ConsoleProgress; null for none
     * @return this
     */
    public NeuralNetworkClassifier setListener(TrainingListener listener) {
        this.listener = listener;
        return this;
    }

    /** Own Params and those of the network's layers by path. */
    @Override
    public Param<?>[] params() {
        Param<?>[] own = super.params();
        // Spark's constructors may ask before the field is there.
        return settings == null ? own : settings.with(this, own);
    }

    // ---------------------------------------------------------------- an estimator

    /**
     * Trains the network on the rows of a DataFrame.
     *
     * @param dataset features and labels
     * @return the model
     */
    @Override
    public NeuralNetworkClassificationModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        Fit fit = new Fit(this, current(), dataset);
        boolean several = Schemas.isVector(dataset.schema(), getLabelCol());
        ClassLabel label = several ? null : label(fit.who(), dataset);
        int classes = several ? InputColumns.shapes(fit.who(), dataset, getLabelCol())[0].last() : label.classes();
        ClassLoss loss = ClassLoss.of(fit.who(), getLoss(), several, classes == 2 && fit.width() == 1);
        int outputs = loss.outputs(classes, several);
        Layer network = fit.build(outputs);
        fit.checkOutputs(network, outputs, classes + (several ? " labels" : " classes"));
        loss = weighted(fit.who(), loss, classes, label);
        TrainingResult result =
                fit.train(network, loss.loss(), several ? 0 : classes, several ? classes : 1, listener, new Accuracy());
        Trained trained = new Trained(
                result.network(), fit.inputs(), several, several ? null : label.names(), TrainingSummary.of(result));
        NeuralNetworkClassificationModel model = new NeuralNetworkClassificationModel(
                Identifiable$.MODULE$.randomUID("NeuralNetworkClassificationModel"), trained);
        copyValues(model, ParamMap.empty());
        model.clear(model.loss()); // the one copied, which training may have weighted
        model.setDefault(model.loss(), loss.loss());
        return model.setParent(this);
    }

    /** What Spark's own fit would call; this class's does all by itself. */
    @Override
    public NeuralNetworkClassificationModel train(Dataset<?> dataset) {
        return fit(dataset);
    }

    private Module current() {
        return settings.applied(this, super.params());
    }

    private ClassLabel label(String who, Dataset<?> dataset) {
        boolean counted = getClassWeights() != null && getClassWeights().isBalanced();
        boolean skip = !"error".equals(getHandleInvalid());
        return ClassLabel.of(who, dataset, getLabelCol(), getValidationIndicatorCol(), counted, skip);
    }

    private ClassLoss weighted(String who, ClassLoss loss, int classes, ClassLabel label) {
        ClassLoss weighted = loss;
        if (getClassWeights() != null) {
            long[] counts = label == null ? null : label.counts();
            weighted = loss.withWeights(getClassWeights().of(who, classes, counts), label == null);
        }
        return getLabelSmoothing() == 0 ? weighted : weighted.withSmoothing(getLabelSmoothing());
    }

    /**
     * The schema that the model's {@code transform} gives; sizes that only data tell are left open.
     *
     * @param schema has features and labels
     * @return with rawPrediction, probability and prediction
     */
    @Override
    public StructType transformSchema(StructType schema) {
        String who = Settable.who(this);
        NetworkBuilder network = NetworkBuilder.of(Fit.network(this, current()));
        Shape[] inputs = network.knownShapes(who, schema, Fit.features(this, this));
        Schemas.checkTraining(who, schema, getLabelCol(), Fit.weightCol(this), getValidationIndicatorCol());
        network.outputShape(inputs);
        boolean several = Schemas.isVector(schema, getLabelCol());
        ClassLabel known = several ? null : ClassLabel.ofMetadata(schema.apply(getLabelCol()));
        int classes = known == null ? 0 : known.classes();
        if (several) {
            classes = Math.max(0, InputColumns.knownShapes(who, schema, getLabelCol())[0].last());
        }
        return Schemas.with(
                who,
                schema,
                NeuralNetworkClassificationModel.columns(
                        getRawPredictionCol(),
                        getProbabilityCol(),
                        getPredictionCol(),
                        several,
                        classes,
                        known == null ? null : known.names()));
    }

    @Override
    public NeuralNetworkClassifier copy(ParamMap extra) {
        NeuralNetworkClassifier copy = NetworkSettings.copy(this, new NeuralNetworkClassifier(uid()), extra);
        return copy.setListener(listener);
    }

    @Override
    public MLWriter write() {
        return new EstimatorWriter(this);
    }

    /**
     * The reader of saved classifiers; Spark calls it by name when it loads a Pipeline.
     *
     * @return the reader
     */
    public static MLReader<NeuralNetworkClassifier> read() {
        return new EstimatorReader<>(NeuralNetworkClassifier.class, NeuralNetworkClassifier::new);
    }

    /**
     * Loads a saved classifier.
     *
     * @param path a directory written by {@code save}
     * @return the classifier
     */
    public static NeuralNetworkClassifier load(String path) {
        return read().load(path);
    }
}
