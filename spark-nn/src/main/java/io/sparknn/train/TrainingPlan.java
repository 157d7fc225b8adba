package io.sparknn.train;

import io.sparknn.nn.Layer;
import io.sparknn.nn.TrainedWeights;
import io.sparknn.tensor.Shape;
import io.sparknn.train.rows.RowCounts;
import java.io.Serializable;
import java.util.ArrayList;
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
    }

    /** What a checkpoint must agree on with the fit that goes on from it. */
    Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>();
        TrainedWeights weights = TrainedWeights.of(network);
        List<String> parameters = new ArrayList<>();
        for (int p = 0; p < weights.names().length; p++) {
            parameters.add(weights.names()[p] + " " + weights.shapes()[p]);
        }
        identity.put("network", String.join(", ", parameters));
        identity.put("optimizer", options.optimizer().toString());
        identity.put("loss", options.loss().toString());
        identity.put("batch size", String.valueOf(options.batchSize()));
        identity.put("seed", String.valueOf(options.seed()));
        identity.put("rows", counts.rows() + " and " + counts.validationRows() + " for validation");
        identity.put("contents of the rows", Long.toHexString(counts.contents()));
        // A class of the user that keeps the toString of all objects has a name that differs from run to run.
        identity.put("layers", network.toString().replaceAll("@[0-9a-f]+", ""));
        identity.put("learning rate", String.valueOf(options.learningRate()));
        identity.put("schedule", String.valueOf(options.schedule()));
        identity.put("clipping", options.clipNorm() + " by norm, " + options.clipValue() + " by value");
        identity.put("shuffle", String.valueOf(options.shuffle()));
        identity.put("syncEvery", String.valueOf(options.syncEvery()));
        return identity;
    }
}
