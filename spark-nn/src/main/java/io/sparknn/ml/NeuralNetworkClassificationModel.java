package io.sparknn.ml;

import io.sparknn.nn.Layer;
import io.sparknn.nn.RowScorer;
import io.sparknn.nn.layers.Identity;
import io.sparknn.nn.loss.Loss;
import io.sparknn.serve.Link;
import io.sparknn.serve.Prediction;
import io.sparknn.tensor.Shape;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained network that tells classes apart.
 *
 * <p>{@code transform} writes, in one forward pass over the rows, those of these columns that have a name:
 *
 * <ul>
 *   <li>rawPrediction: the network's outputs; of a single output x, which tells two classes apart, [-x, x]
 *   <li>probability: with BceWithLogitsLoss the sigmoid of each, with NllLoss e to the power of each, else the softmax; with
 *       a loss of one's own as with the built-in ones: the sigmoid of a single output, the softmax of several
 *   <li>prediction: the most probable class, or the one of the largest probability by threshold; its metadata have the
 *       names a StringIndexer gave
 * </ul>
 *
 * <p>Where labels were vectors of 0 and 1, each output is a label of its own: probabilities are sigmoids, and the
 * prediction is a vector of those labels that are more probable than their threshold, 0.5 unless set.
 */
public final class NeuralNetworkClassificationModel
        extends ProbabilisticClassificationModel<Vector, NeuralNetworkClassificationModel>
        implements FeaturesParams<NeuralNetworkClassificationModel>, LossParam, NetworkModel, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(NeuralNetworkClassificationModel.class);

    // No initialiser: the constructors of Spark's classes run before.
    private String uid;
    private final Trained trained;

    /**
     * A model that gives back what it gets, as two numbers. A server of Spark Connect finds the class by it, and loads saved
     * models then; other models come from {@code fit}, {@code load} and {@code of}.
     */
    public NeuralNetworkClassificationModel() {
        this(
                Identifiable$.MODULE$.randomUID("NeuralNetworkClassificationModel"),
                new Trained(new Identity(), new Shape[] {Shape.of(Shape.UNKNOWN, 2)}, false, null, null));
    }

    NeuralNetworkClassificationModel(String uid, Trained trained) {
        this(trained, PendingUid.stash(uid));
    }

    private NeuralNetworkClassificationModel(Trained trained, PendingUid pending) {
        super();
        uid = pending.taken();
        this.trained = trained;
        setDefault(featuresCols(), new String[0]);
        setDefault(handleInvalid(), "error");
    }

    /**
     * A model of a network that was trained elsewhere, as by PyTorch.
     *
     * @param network the network
     * @param loss tells what its outputs mean
     * @param inputs the shape of each input, rows unknown
     * @return a model of as many classes as the network has outputs, of two for one output
     */
    public static NeuralNetworkClassificationModel of(Layer network, Loss loss, Shape... inputs) {
        NeuralNetworkClassificationModel model = new NeuralNetworkClassificationModel(
                Identifiable$.MODULE$.randomUID("NeuralNetworkClassificationModel"),
                new Trained(network, inputs, false, null, null));
        model.setDefault(model.loss(), loss);
        return model;
    }

    @Override
    public String uid() {
        return uid != null ? uid : PendingUid.get();
    }

    private String who() {
        return Settable.who(this);
    }

    /**
     * Not for users: Spark's classes inherit it twice, and only a raw type overrides both.
     *
     * @return what Spark's own gives
     */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public scala.Tuple3 findSummaryModel() {
        return super.findSummaryModel();
    }

    @Override
    public Layer network() {
        return trained.network();
    }

    @Override
    public boolean hasSummary() {
        return trained.summary() != null;
    }

    @Override
    public TrainingSummary summary() {
        return trained.summary(who());
    }

    /** How many classes there are; of labels that are vectors, how many labels. */
    @Override
    public int numClasses() {
        return trained.classes();
    }

    /** Numbers in a row of all feature columns. */
    @Override
    public int numFeatures() {
        return trained.features();
    }

    // ---------------------------------------------------------------- rows of a DataFrame

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        StructField[] columns = columns();
        if (columns.length == 0) {
            LOG.warn("{} writes no column, for none of them has a name", who());
            return dataset.toDF();
        }
        ClassOutput output = new ClassOutput(
                rule(),
                !getRawPredictionCol().isEmpty(),
                !getProbabilityCol().isEmpty(),
                !getPredictionCol().isEmpty());
        return scorer().transform(dataset, output, columns);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        scorer().outputShape(schema);
        return Schemas.with(who(), schema, columns());
    }

    private Prediction rule() {
        double[] thresholds = isDefined(thresholds()) ? getThresholds() : null;
        if (thresholds != null && thresholds.length != numClasses()) {
            throw new IllegalArgumentException(who() + " expects a threshold for each of " + numClasses()
                    + " classes, got " + thresholds.length + "; give as many to setThresholds");
        }
        return Prediction.ofClasses(link(), trained.isVectorLabel(), thresholds);
    }

    private RowScorer scorer() {
        return new RowScorer(who(), trained.network(), getHandleInvalid(), Fit.features(this, this));
    }

    private Link link() {
        return Links.ofClasses(getLoss(), trained.outputs(), trained.isVectorLabel());
    }

    private StructField[] columns() {
        return columns(
                getRawPredictionCol(),
                getProbabilityCol(),
                getPredictionCol(),
                trained.isVectorLabel(),
                trained.classes(),
                trained.classNames());
    }

    static StructField[] columns(
            String raw, String probability, String prediction, boolean several, int classes, String... names) {
        return Schemas.named(
                Schemas.vector(raw, classes),
                Schemas.vector(probability, classes),
                several ? Schemas.vector(prediction, classes) : Schemas.classes(prediction, classes, names));
    }

    // ---------------------------------------------------------------- one row

    /**
     * Raw prediction of one row, without Spark.
     *
     * @param features the row
     * @return the same bits that transform gives
     * @throws IllegalArgumentException if the row has another width, or the network reduces over rows
     */
    @Override
    public Vector predictRaw(Vector features) {
        float[] outputs = Trained.score(scorer(), trained.input(who()), features);
        return Vectors.dense(Prediction.ofClasses(link(), trained.isVectorLabel(), (double[]) null)
                .raw(outputs, 0, outputs.length));
    }

    @Override
    public Vector raw2probabilityInPlace(Vector rawPrediction) {
        link().apply(((DenseVector) rawPrediction).values());
        return rawPrediction;
    }

    /**
     * The class of one row, without Spark.
     *
     * @param features the row
     * @return the same as transform gives
     * @throws IllegalStateException if a row has several labels: predictProbability has them
     */
    @Override
    public double predict(Vector features) {
        if (trained.isVectorLabel()) {
            throw new IllegalStateException(who() + " expects one class in each row for predict, got "
                    + trained.outputs() + " labels; use predictProbability, or transform");
        }
        return super.predict(features);
    }

    // ---------------------------------------------------------------- copies and files

    /** A copy that shares the network, unless Params of its layers are given. */
    @Override
    public NeuralNetworkClassificationModel copy(ParamMap extra) {
        NeuralNetworkClassificationModel copy = new NeuralNetworkClassificationModel(uid(), trained.copy(extra));
        copyValues(copy, extra);
        return copy.setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new ModelWriter(this, trained, this::rule);
    }

    /**
     * The reader of saved models; Spark calls it by name when it loads a PipelineModel.
     *
     * @return the reader
     */
    public static MLReader<NeuralNetworkClassificationModel> read() {
        return new ModelReader<>(NeuralNetworkClassificationModel.class, NeuralNetworkClassificationModel::new);
    }

    /**
     * Loads a saved model.
     *
     * @param path a directory written by {@code save}
     * @return the model
     */
    public static NeuralNetworkClassificationModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return who() + " of " + numClasses() + " classes and " + trained.featuresText();
    }
}
