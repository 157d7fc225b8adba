package io.sparknn.train;

import java.util.List;

/** How the steps of an epoch are taken. */
interface Steps {
    /**
     * Takes the steps of one epoch.
     *
     * @param learningRate of all of them
     * @param done how many steps were taken before
     * @return sums of losses and of the weights they count with, over all workers
     * @throws Diverged if the loss is not finite
     */
    double[] epoch(double learningRate, long done) throws Diverged;

    /** What a full-batch optimiser keeps; nothing else keeps anything here. */
    default List<float[]> memory() {
        return List.of();
    }

    /** Ends an epoch whose loss is NaN or infinite; all workers see the same loss, so all end there. */
    final class Diverged extends Exception {
        private static final long serialVersionUID = 1L;

        private final long step;

        Diverged(long step) {
            super("the loss is no number", null, false, false);
            this.step = step;
        }

        long step() {
            return step;
        }
    }
}
