package io.sparknn.ml;

import io.sparknn.nn.InputColumns;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Module;
import io.sparknn.nn.NetworkBuilder;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.Loss;
import io.sparknn.nn.loss.MseLoss;
import io.sparknn.nn.loss.NllLoss;
import io.sparknn.serve.Link;
import io.sparknn.tensor.Shape;
import io.sparknn.train.Metric;
import io.sparknn.train.RSquared;
import io.sparknn.train.RootMeanSquaredError;
import io.sparknn.train.TrainingListener;
import io.sparknn.train.TrainingResult;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.shared.HasWeightCol;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a network to give numbers: a Spark ML estimator like any other.
 *
 * <p>Features are vectors, dense or sparse, arrays of numbers, or numbers; several columns feed a network of several
 * inputs. The label is a number, or a vector or an array for several at once; the network's last lazy layer without a size
 * gets as many outputs. With the features themselves as the label the network learns to give back what it got. The loss
 * is the mean squared error unless set. Labels and features of about 1 in size are learnt best: scale them.
 *
 * <pre>{@code
 * LazySequential net = new LazySequential(new LazyLinear(64), new Relu(), new LazyLinear());
 * NeuralNetworkRegressionModel model = new NeuralNetworkRegressor()
 *         .setNetwork(net).setLoss("huber").setMaxEpochs(20).fit(train);
 * model.transform(test);                              // prediction
 * }</pre>
 */
public final class NeuralNetworkRegressor
        extends Regressor<Vector, NeuralNetworkRegressor, NeuralNetworkRegressionModel>
        implements NeuralNetworkParams<NeuralNetworkRegressor>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    // Neither has an initialiser: the constructors of Spark's classes run before, and set the second.
    private String uid;
    private Param<String> weightCol;
    private final NetworkSettings settings;
    private transient TrainingListener listener;

    /** A regressor. */
    public NeuralNetworkRegressor() {
        this(Identifiable$.MODULE$.randomUID("NeuralNetworkRegressor"));
    }

    /**
     * A regressor of a given uid.
     *
     * @param uid its uid
     */
    public NeuralNetworkRegressor(String uid) {
        this(PendingUid.stash(uid));
    }

    private NeuralNetworkRegressor(PendingUid pending) {
        super();
        uid = pending.taken();
        HasWeightCol.$init$(this);
        settings = new NetworkSettings();
        Settable.defaults(this);
    }

    @Override
    public String uid() {
        return uid != null ? uid : PendingUid.get();
    }

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
     * Has someone told how fits go, while they run. Neither saved nor a Param; copies have it, too.
     *
     * @param listener such as a ConsoleProgress; null for none
     * @return this
     */
    public NeuralNetworkRegressor setListener(TrainingListener listener) {
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

    /**
     * Trains the network on the rows of a DataFrame.
     *
     * @param dataset features and labels
     * @return the model
     */
    @Override
    public NeuralNetworkRegressionModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        Fit fit = new Fit(this, current(), dataset);
        boolean vector = Schemas.isVector(dataset.schema(), getLabelCol());
        int width = vector
                ? InputColumns.shapes(fit.who(), dataset, getLabelCol())[0]
                        .dropFirst(1)
                        .size()
                : 1;
        Loss loss = loss(fit.who());
        Layer network = fit.build(width);
        // A loss of one's own may ask for more outputs than the label has numbers: a mean and its deviation.
        if (loss.getClass().getPackage() == Loss.class.getPackage()) {
            fit.checkOutputs(network, width, "the label");
        }
        Metric[] metrics = Links.ofNumbers(loss) == Link.IDENTITY
                ? new Metric[] {new RootMeanSquaredError(), new RSquared()}
                : new Metric[0];
        TrainingResult result = fit.train(network, loss, 0, width, listener, metrics);
        Trained trained = new Trained(result.network(), fit.inputs(), vector, null, TrainingSummary.of(result));
        NeuralNetworkRegressionModel model = new NeuralNetworkRegressionModel(
                Identifiable$.MODULE$.randomUID("NeuralNetworkRegressionModel"), trained);
        copyValues(model, ParamMap.empty());
        model.clear(model.loss()); // copied from this
        model.setDefault(model.loss(), loss);
        return model.setParent(this);
    }

    /** What Spark's own fit would call; this class's does all by itself. */
    @Override
    public NeuralNetworkRegressionModel train(Dataset<?> dataset) {
        return fit(dataset);
    }

    private Module current() {
        return settings.applied(this, super.params());
    }

    private Loss loss(String who) {
        Loss loss = getLoss() == null ? new MseLoss() : getLoss();
        if (loss instanceof CrossEntropyLoss || loss instanceof NllLoss) {
            throw new IllegalArgumentException(who + " expects a loss of numbers, got " + loss
                    + "; set MseLoss, L1Loss or HuberLoss, or use NeuralNetworkClassifier");
        }
        return loss;
    }

    /**
     * The schema that the model's {@code transform} gives; sizes that only data tell are left open.
     *
     * @param schema has features and labels
     * @return with the prediction
     */
    @Override
    public StructType transformSchema(StructType schema) {
        String who = Settable.who(this);
        NetworkBuilder network = NetworkBuilder.of(Fit.network(this, current()));
        Shape[] inputs = network.knownShapes(who, schema, Fit.features(this, this));
        Schemas.checkTraining(who, schema, getLabelCol(), Fit.weightCol(this), getValidationIndicatorCol());
        loss(who);
        Shape output = network.outputShape(inputs);
        Shape label = InputColumns.knownShapes(who, schema, getLabelCol())[0].dropFirst(1);
        boolean vector = Schemas.isVector(schema, getLabelCol()) || output.last() > 1;
        int width = Math.max(output.last(), label.isKnown() ? label.size() : 0);
        return Schemas.with(who, schema, NeuralNetworkRegressionModel.columns(getPredictionCol(), vector, width));
    }

    @Override
    public NeuralNetworkRegressor copy(ParamMap extra) {
        NeuralNetworkRegressor copy = NetworkSettings.copy(this, new NeuralNetworkRegressor(uid()), extra);
        return copy.setListener(listener);
    }

    @Override
    public MLWriter write() {
        return new EstimatorWriter(this);
    }

    /**
     * The reader of saved regressors; Spark calls it by name when it loads a Pipeline.
     *
     * @return the reader
     */
    public static MLReader<NeuralNetworkRegressor> read() {
        return new EstimatorReader<>(NeuralNetworkRegressor.class, NeuralNetworkRegressor::new);
    }

    /**
     * Loads a saved regressor.
     *
     * @param path a directory written by {@code save}
     * @return the regressor
     */
    public static NeuralNetworkRegressor load(String path) {
        return read().load(path);
    }
}
