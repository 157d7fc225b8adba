package io.sparknn.ml;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import io.sparknn.nn.Layer;
import io.sparknn.nn.NetworkFiles;
import io.sparknn.nn.RowScorer;
import io.sparknn.serve.Prediction;
import io.sparknn.tensor.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;

/**
 * What a model is, beside its Params: a network, the inputs it was trained on, what its outputs mean. Immutable. Travels
 * with a model that a task captures, all but the summary, which is for the driver.
 */
final class Trained implements Serializable {
    private static final long serialVersionUID = 1L;
    static final String FILE = "/model.json";
    private static final long FORMAT = 1;

    private final Layer network;
    private final Shape[] inputs;
    private final boolean vectorLabel;
    private final int outputs;
    private final String[] classNames;
    private final transient TrainingSummary summary;

    /**
     * A network with its meaning.
     *
     * @param network the network
     * @param inputs its inputs, rows unknown
     * @param vectorLabel whether a row's label holds several numbers
     * @param classNames what a StringIndexer called the classes, or null
     * @param summary how training went, or null
     */
    Trained(Layer network, Shape[] inputs, boolean vectorLabel, String[] classNames, TrainingSummary summary) {
        this.network = network;
        this.inputs = inputs.clone();
        this.vectorLabel = vectorLabel;
        this.outputs = network.outputShape(inputs).dropFirst(1).size();
        this.classNames = classNames == null ? null : classNames.clone();
        this.summary = summary;
    }

    Layer network() {
        return network;
    }

    boolean isVectorLabel() {
        return vectorLabel;
    }

    int outputs() {
        return outputs;
    }

    /** With one output, the classes it tells apart are two. */
    int classes() {
        return outputs == 1 && !vectorLabel ? 2 : outputs;
    }

    String[] classNames() {
        return classNames == null ? null : classNames.clone();
    }

    /** How training went, or null. */
    TrainingSummary summary() {
        return summary;
    }

    TrainingSummary summary(String who) {
        if (summary == null) {
            throw new IllegalStateException(
                    who
                            + " expects to have been trained for a summary, got a network made elsewhere; see network().summary()");
        }
        return summary;
    }

    /** Numbers in a row of all inputs; as Spark has it, -1 if rows differ. */
    int features() {
        int[] sizes = Arrays.stream(inputs)
                .mapToInt(input -> input.dropFirst(1).size())
                .toArray();
        return Arrays.stream(sizes).anyMatch(size -> size < 0)
                ? -1
                : Arrays.stream(sizes).sum();
    }

    String featuresText() {
        return features() < 0 ? "rows that differ in length" : features() + " features";
    }

    /** The only input. */
    Shape input(String who) {
        if (inputs.length != 1) {
            throw new IllegalStateException(who + " expects " + inputs.length
                    + " columns, got one vector; use transform, predict is for networks of one input");
        }
        return inputs[0];
    }

    /** The same with Params of layers set; itself if there are none. */
    Trained copy(ParamMap extra) {
        boolean[] reached = new boolean[1];
        network.apply(layer -> reached[0] |= extra.filter(layer).size() > 0);
        return reached[0] ? new Trained(network.copy(extra), inputs, vectorLabel, classNames, summary) : this;
    }

    /** Scores one row. */
    static float[] score(RowScorer scorer, Shape input, Vector features) {
        double[] values = features.toArray();
        float[] row = new float[values.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) values[i];
        }
        return scorer.score(input, row);
    }

    void write(String path, Prediction rule) {
        NetworkFiles.write(network, path);
        NetworkFiles.writeRecording(network, path, rule.toJson(), inputs);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        List<Object> shapes = new ArrayList<>();
        for (Shape input : inputs) {
            shapes.add(Arrays.stream(input.dims()).boxed().toList());
        }
        json.put("inputs", shapes);
        json.put("vectorLabel", vectorLabel);
        json.put("classNames", classNames == null ? null : Arrays.asList(classNames));
        json.put("summary", summary == null ? null : SummaryJson.encode(summary));
        NetworkFiles.writeText(path + FILE, Json.write(json));
    }

    static Trained read(String path) {
        try {
            Map<?, ?> json = (Map<?, ?>) Json.parse(NetworkFiles.readText(path + FILE));
            if (!Long.valueOf(FORMAT).equals(json.get("format"))) {
                throw new IllegalArgumentException("loading a model expects format " + FORMAT + " in " + path + ", got "
                        + json.get("format") + "; it was written by a later version of spark-nn");
            }
            Shape[] inputs =
                    ((List<?>) json.get("inputs")).stream().map(Trained::shape).toArray(Shape[]::new);
            List<?> names = (List<?>) json.get("classNames");
            Map<?, ?> summary = (Map<?, ?>) json.get("summary");
            return new Trained(
                    (Layer) NetworkFiles.read(path),
                    inputs,
                    (Boolean) json.get("vectorLabel"),
                    names == null ? null : names.toArray(String[]::new),
                    summary == null ? null : SummaryJson.decode(summary));
        } catch (FormatException | ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException(
                    "loading a model expects what save wrote in " + path + ", got a damaged file: " + e.getMessage(),
                    e);
        }
    }

    private static Shape shape(Object json) {
        return Shape.of(((List<?>) json)
                .stream().mapToInt(size -> Math.toIntExact((Long) size)).toArray());
    }
}
