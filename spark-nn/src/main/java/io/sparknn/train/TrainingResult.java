package io.sparknn.train;

import io.sparknn.nn.Layer;
import java.util.List;

/** What a fit came to. */
public final class TrainingResult {
    private final Layer network;
    private final List<EpochRecord> history;
    private final int bestEpoch;
    private final String stopReason;

    TrainingResult(Layer network, List<EpochRecord> history, int bestEpoch, String stopReason) {
        this.network = network;
        this.history = List.copyOf(history);
        this.bestEpoch = bestEpoch;
        this.stopReason = stopReason;
    }

    /**
     * The trained network.
     *
     * @return a network of its own
     */
    public Layer network() {
        return network;
    }

    /**
     * All epochs, also those before a restart or a resumed checkpoint.
     *
     * @return in order
     */
    public List<EpochRecord> history() {
        return history;
    }

    /**
     * The number of the epoch whose weights the network has.
     *
     * @return 1 for the first
     */
    public int bestEpoch() {
        return bestEpoch;
    }

    /**
     * Why training ended.
     *
     * @return a sentence
     */
    public String stopReason() {
        return stopReason;
    }
}
