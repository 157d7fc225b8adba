package io.sparknn.nn;

import io.sparknn.tensor.Shape;

/** Whether a network mixes rows: found by a run of shapes on the driver, without a job. */
public final class RowReductions {
    private RowReductions() {}

    /**
     * Tells whether forward reduces over the rows, as a mean over a batch does.
     *
     * @param network a built network
     * @param inputs the shapes of its inputs; the first size may be unknown
     * @return false if each row's output depends on that row alone
     */
    public static boolean in(Layer network, Shape... inputs) {
        return !DryRun.of(network, inputs).reductions().isEmpty();
    }
}
