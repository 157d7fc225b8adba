package io.sparknn.train;

import io.sparknn.nn.Layer;
import io.sparknn.train.rows.TrainingColumns;
import org.apache.spark.sql.Dataset;

/** Trains a network on the rows of a DataFrame. */
public final class Trainer {
    private final String who;
    private final Layer network;
    private final TrainingOptions options;
    private final TrainingListener listener;

    /**
     * A trainer.
     *
     * @param who names the estimator in errors, as {@code NeuralNetworkClassifier(nnc_1f3a)}
     * @param network a built network; its parameters are where training starts, and it is not changed
     * @param options how it is trained
     * @param listener is told how it goes
     */
    public Trainer(String who, Layer network, TrainingOptions options, TrainingListener listener) {
        this.who = who;
        this.network = network;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Trains.
     *
     * @param dataset the rows
     * @param columns what they hold
     * @return the trained network with its history
     * @throws IllegalArgumentException if rows, network and options do not go together
     * @throws IllegalStateException if training failed: the loss is no number, a worker threw, executors were lost too
     *     often
     */
    public TrainingResult fit(Dataset<?> dataset, TrainingColumns columns) {
        Progress progress = new Progress(who, listener);
        String reason = "it failed";
        try (Fit fit = new Fit(who, network, options, progress, dataset, columns)) {
            TrainingResult result = fit.run();
            reason = result.stopReason();
            return result;
        } finally {
            progress.ended(reason);
        }
    }
}
