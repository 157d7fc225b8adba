package io.sparknn.ml;

import io.sparknn.nn.Layer;
import io.sparknn.nn.RowScorer;
import io.sparknn.nn.layers.Identity;
import io.sparknn.nn.loss.Loss;
import io.sparknn.serve.Link;
import io.sparknn.serve.Prediction;
import io.sparknn.tensor.Shape;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
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
 * A trained network that gives numbers.
 *
 * <p>{@code transform} writes the prediction, unless its column's name is empty: a number; or a vector, where labels were
 * vectors or arrays, or the network has several outputs. It is the network's output; with PoissonNllLoss, whose outputs
 * are logarithms, e to its power, and with BceWithLogitsLoss its sigmoid.
 */
public final class NeuralNetworkRegressionModel extends RegressionModel<Vector, NeuralNetworkRegressionModel>
        implements FeaturesParams<NeuralNetworkRegressionModel>, LossParam, NetworkModel, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(NeuralNetworkRegressionModel.class);

    // No initialiser: the constructors of Spark's classes run before.
    private String uid;
    private final Trained trained;

    /**
     * A model that gives back what it gets, as two numbers. A server of Spark Connect finds the class by it, and loads saved
     * models then; other models come from {@code fit}, {@code load} and {@code of}.
     */
    public NeuralNetworkRegressionModel() {
        this(
                Identifiable$.MODULE$.randomUID("NeuralNetworkRegressionModel"),
                new Trained(new Identity(), new Shape[] {Shape.of(Shape.UNKNOWN, 2)}, false, null, null));
    }

    NeuralNetworkRegressionModel(String uid, Trained trained) {
        this(trained, PendingUid.stash(uid));
    }

    private NeuralNetworkRegressionModel(Trained trained, PendingUid pending) {
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
     * @return a model that predicts a number for one output, vectors for several
     */
    public static NeuralNetworkRegressionModel of(Layer network, Loss loss, Shape... inputs) {
        NeuralNetworkRegressionModel model = new NeuralNetworkRegressionModel(
                Identifiable$.MODULE$.randomUID("NeuralNetworkRegressionModel"),
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

    /** Numbers in a row of all feature columns. */
    @Override
    public int numFeatures() {
        return trained.features();
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        StructField[] columns = columns();
        if (columns.length == 0) {
            LOG.warn("{} writes no column, for none of them has a name", who());
            return dataset.toDF();
        }
        return scorer().transform(dataset, new NumberOutput(link(), isVector()), columns);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        scorer().outputShape(schema);
        return Schemas.with(who(), schema, columns());
    }

    private boolean isVector() {
        return trained.isVectorLabel() || trained.outputs() > 1;
    }

    private Link link() {
        return Links.ofNumbers(getLoss());
    }

    private RowScorer scorer() {
        return new RowScorer(who(), trained.network(), getHandleInvalid(), Fit.features(this, this));
    }

    private StructField[] columns() {
        return columns(getPredictionCol(), isVector(), trained.outputs());
    }

    static StructField[] columns(String prediction, boolean vector, int width) {
        return Schemas.named(vector ? Schemas.vector(prediction, width) : Schemas.number(prediction));
    }

    /**
     * The number predicted for one row, without Spark.
     *
     * @param features the row
     * @return the same bits that transform gives
     * @throws IllegalStateException if the network gives several numbers: predictVector has them
     */
    @Override
    public double predict(Vector features) {
        if (trained.outputs() > 1) {
            throw new IllegalStateException(who() + " expects a network of one output for predict, got "
                    + trained.outputs() + "; use predictVector");
        }
        return predictVector(features).apply(0);
    }

    /**
     * The numbers predicted for one row, without Spark.
     *
     * @param features the row
     * @return the same bits that transform gives
     * @throws IllegalArgumentException if the row has another width, or the network reduces over rows
     */
    public Vector predictVector(Vector features) {
        float[] outputs = Trained.score(scorer(), trained.input(who()), features);
        double[] numbers = new double[outputs.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = outputs[i];
        }
        link().apply(numbers);
        return Vectors.dense(numbers);
    }

    /** A copy that shares the network, unless Params of its layers are given. */
    @Override
    public NeuralNetworkRegressionModel copy(ParamMap extra) {
        NeuralNetworkRegressionModel copy = new NeuralNetworkRegressionModel(uid(), trained.copy(extra));
        copyValues(copy, extra);
        return copy.setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new ModelWriter(this, trained, () -> Prediction.ofNumbers(link()));
    }

    /**
     * The reader of saved models; Spark calls it by name when it loads a PipelineModel.
     *
     * @return the reader
     */
    public static MLReader<NeuralNetworkRegressionModel> read() {
        return new ModelReader<>(NeuralNetworkRegressionModel.class, NeuralNetworkRegressionModel::new);
    }

    /**
     * Loads a saved model.
     *
     * @param path a directory written by {@code save}
     * @return the model
     */
    public static NeuralNetworkRegressionModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return who() + " of " + trained.outputs() + " outputs and " + trained.featuresText();
    }
}
