package io.sparknn.train;

import io.sparknn.nn.Layer;
import io.sparknn.nn.TrainedWeights;
import io.sparknn.tensor.Shape;
import io.sparknn.train.rows.RowCounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every worker of a fit is told, once: the network, how to train it, and what the rows look like. */
final class TrainingPlan implements Serializable {
    private static final long serialVersionUID = 1L;

    final String who;
    final Layer network;
    final TrainingOptions options;
    final RowCounts counts;
    final Shape[] inputs;
    final int labelWidth;

    /** Whether forward reduces over rows, so that workers meet within it, those without a row of the batch as well. */
    final boolean crossesRows;

    private final Map<String, String> identity;

    TrainingPlan(
            String who,
            Layer network,
            TrainingOptions options,
            RowCounts counts,
            Shape[] inputs,
            int labelWidth,
            boolean crossesRows) {
        this.who = who;
        this.network = network;
        this.options = options;
        this.counts = counts;
        this.inputs = inputs;
        this.labelWidth = labelWidth;
        this.crossesRows = crossesRows;
        this.identity = findIdentity();
    }

    /** What a checkpoint must agree on with the fit that goes on from it. */
    Map<String, String> identity() {
        return identity;
    }

    private Map<String, String> findIdentity() {
        Map<String, String> found = new LinkedHashMap<>();
        TrainedWeights weights = TrainedWeights.of(network);
        List<String> parameters = new ArrayList<>();
        for (int p = 0; p < weights.names().length; p++) {
            parameters.add(weights.names()[p] + " " + weights.shapes()[p]);
        }
        found.put("network", String.join(", ", parameters));
        found.put("optimizer", options.optimizer().toString());
        found.put("loss", options.loss().toString());
        found.put("batch size", String.valueOf(options.batchSize()));
        found.put("seed", String.valueOf(options.seed()));
        found.put("rows", counts.rows() + " and " + counts.validationRows() + " for validation");
        found.put("contents of the rows", Long.toHexString(counts.contents()));
        found.put("first values", Integer.toHexString(Arrays.deepHashCode(weights.values())));
        // A class of the user that keeps the toString of all objects has a name that differs from run to run.
        found.put("layers", network.toString().replaceAll("@[0-9a-f]+", ""));
        found.put("learning rate", String.valueOf(options.learningRate()));
        found.put("schedule", String.valueOf(options.schedule()));
        found.put("clipping", options.clipNorm() + " by norm, " + options.clipValue() + " by value");
        found.put("shuffle", String.valueOf(options.shuffle()));
        found.put("syncEvery", String.valueOf(options.syncEvery()));
        return found;
    }
}
