package io.sparknn.ml;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Module;
import io.sparknn.nn.NetworkBuilder;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.loss.Loss;
import io.sparknn.optim.FullBatchOptimizer;
import io.sparknn.optim.Optimizer;
import io.sparknn.optim.StandardOptimizer;
import io.sparknn.tensor.Configured;
import io.sparknn.tensor.Shape;
import io.sparknn.train.LogProgress;
import io.sparknn.train.Metric;
import io.sparknn.train.Trainer;
import io.sparknn.train.TrainingListener;
import io.sparknn.train.TrainingOptions;
import io.sparknn.train.TrainingResult;
import io.sparknn.train.rows.TrainingColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.ml.param.shared.HasFeaturesCol;
import org.apache.spark.sql.Dataset;

/** One fit of an estimator, on the driver: finds shapes, builds the network, checks what can be checked, trains. */
final class Fit {
    private static final Set<String> TAKEN =
            Set.of("epoch", "loss", "validationLoss", "learningRate", "rowsPerSecond", "seconds");

    private final String who;
    private final NeuralNetworkParams<?> params;
    private final Dataset<?> dataset;
    private final Shape[] inputs;
    private final NetworkBuilder builder;

    Fit(NeuralNetworkParams<?> params, Module network, Dataset<?> dataset) {
        this.who = Settable.who(params);
        this.params = params;
        this.dataset = dataset;
        if (dataset.isStreaming()) {
            throw new IllegalArgumentException(
                    who + " expects rows that come to an end, got a streaming DataFrame; fit it on a table");
        }
        this.builder = NetworkBuilder.of(network(params, network)).withInvalid(params.getHandleInvalid());
        this.inputs = builder.shapes(who, dataset, features(params, params));
    }

    /** The columns that feed a network. */
    static String[] features(FeaturesParams<?> several, HasFeaturesCol one) {
        String[] columns = several.getFeaturesCols();
        return columns.length > 0 ? columns : new String[] {one.getFeaturesCol()};
    }

    /** The network that is set, else that of the initial model. */
    static Module network(NetworkParams<?> params, Module network) {
        if (network != null) {
            return network;
        }
        if (!params.isSet(params.initialModel())) {
            throw new IllegalStateException(Settable.who(params)
                    + " expects a network, got none; call setNetwork(new LazySequential(new LazyLinear(128), new Relu(),"
                    + " new LazyLinear()))");
        }
        return params.getInitialModel();
    }

    String who() {
        return who;
    }

    Shape[] inputs() {
        return inputs.clone();
    }

    /** Values of a row that the network ends in, or unknown: it is open, or cannot tell without being built. */
    int width() {
        Shape output = builder.isOpen() ? Shape.of(Shape.UNKNOWN, Shape.UNKNOWN) : builder.outputShape(inputs);
        return output.rank() == 1 ? 1 : output.last();
    }

    /** Builds the network with what it starts from. */
    Layer build(int outputs) {
        Layer network = builder.withOutputs(outputs).build(params.getSeed(), inputs);
        if (params.isSet(params.initialModel())) {
            start(network, params.getInitialModel());
        }
        return network;
    }

    /** Refuses a network with another number of outputs. */
    void checkOutputs(Layer network, int outputs, String what) {
        Shape output = network.outputShape(inputs);
        boolean fits = output.rank() == 1 ? outputs == 1 : output.rank() == 2 && output.last() == outputs;
        if (!fits) {
            throw new IllegalArgumentException(who + " expects a network that gives " + outputs + " numbers for " + what
                    + ", got an output of shape " + output + "; " + remedy(output));
        }
    }

    private static String remedy(Shape output) {
        if (output.isRagged()) {
            return "rows differ in length: put LazyGru or another layer that gives one vector for a row before the last one,"
                    + " or LazyEmbeddingBag in place of LazyEmbedding";
        }
        if (output.rank() > 2) {
            return "put Flatten() before the last layer";
        }
        return "end it in LazyLinear(), which takes its size from the label, or in a layer of that size";
    }

    private void start(Layer network, Layer trained) {
        Map<String, Parameter> wanted = state(network);
        Map<String, Parameter> given = state(trained);
        Set<String> different = new TreeSet<>(wanted.keySet());
        different.addAll(given.keySet());
        different.removeIf(name -> wanted.containsKey(name)
                && given.containsKey(name)
                && wanted.get(name).shape().equals(given.get(name).shape()));
        if (!different.isEmpty()) {
            throw new IllegalArgumentException(
                    who + " expects an initial model of the same layers, got one that differs" + " in " + different
                            + "; for a part of it, set a network made of its layers");
        }
        wanted.forEach((name, parameter) -> parameter.set(given.get(name).value()));
    }

    private static Map<String, Parameter> state(Layer network) {
        Map<String, Parameter> state = new LinkedHashMap<>(network.parameters());
        state.putAll(network.buffers());
        return state;
    }

    /**
     * Trains.
     *
     * @param classes how many classes the label numbers, 0 if it is no class
     * @param labelWidth how many numbers a label has
     * @param metrics where the user set none
     */
    TrainingResult train(
            Layer network, Loss loss, int classes, int labelWidth, TrainingListener listener, Metric... metrics) {
        // Rows that are kept are scored as null later on; nothing can be learnt from them.
        String invalid = "error".equals(params.getHandleInvalid()) ? "error" : "skip";
        TrainingColumns columns = new TrainingColumns(
                        who,
                        features(params, params),
                        inputs,
                        params.getLabelCol(),
                        classes,
                        labelWidth,
                        weightCol(params),
                        params.getValidationIndicatorCol(),
                        invalid)
                .readFor(network);
        return new Trainer(who, network, options(loss, metrics), all(listener)).fit(dataset, columns);
    }

    static String weightCol(NeuralNetworkParams<?> params) {
        boolean named =
                params.isSet(params.weightCol()) && !params.getWeightCol().isEmpty();
        return named ? params.getWeightCol() : null;
    }

    private TrainingOptions options(Loss loss, Metric... metrics) {
        Configured optimizer = optimizer();
        Metric[] set = params.getMetrics();
        return TrainingOptions.of(loss, optimizer, params.getLearningRate())
                .withSchedule(params.getSchedule())
                .withWork(params.getMaxEpochs(), params.getBatchSize(), params.getNumWorkers())
                .withPatience(params.getPatience(), params.getMinDelta(), params.getRestoreBest())
                .withClipping(params.getClipNorm(), params.getClipValue())
                .withSeed(params.getSeed(), params.getShuffle())
                .withSyncEvery(params.getSyncEvery())
                .withCheckpoints(params.getCheckpointDir(), params.getCheckpointInterval())
                .withMetrics(checked(set == null ? metrics : set));
    }

    private Configured optimizer() {
        Configured optimizer = params.getOptimizer();
        if (!(optimizer instanceof Optimizer || optimizer instanceof FullBatchOptimizer)) {
            throw new IllegalArgumentException(
                    who + " expects an Optimizer or a FullBatchOptimizer, got " + optimizer + "; set such a one");
        }
        double decay = params.getWeightDecay();
        if (Double.isNaN(decay)) {
            return optimizer;
        }
        if (!(optimizer instanceof StandardOptimizer<?> standard)) {
            throw new IllegalArgumentException(who + " expects an optimizer that knows weight decay, got " + optimizer
                    + "; set Adam, Sgd or another one of the catalogue, or leave weightDecay to your own");
        }
        return standard.withWeightDecay(decay);
    }

    private List<Metric> checked(Metric... metrics) {
        Set<String> names = new TreeSet<>(TAKEN);
        for (Metric metric : metrics) {
            if (!names.add(metric.name())) {
                throw new IllegalArgumentException(who + " expects metrics of different names, got \"" + metric.name()
                        + "\" again; leave one out, or override name()");
            }
        }
        return List.of(metrics);
    }

    /** Listener of the user and the log. */
    private TrainingListener all(TrainingListener listener) {
        List<TrainingListener> all = new ArrayList<>();
        if (params.getVerbose()) {
            all.add(new LogProgress());
        }
        if (listener != null) {
            all.add(listener);
        }
        return new Listeners(all);
    }
}
