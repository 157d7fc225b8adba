package io.sparknn.tensor;

/**
 * Turns the part of a reduction that one block of rows contributes into the reduction over all rows.
 *
 * <p>A {@link Pass} over a block asks it whenever an operation reduces over the row axis: the scoring pass answers from
 * the reductions resolved so far and ends the pass where it meets a new one, a shape pass only notes that it happened,
 * training adds the parts of all workers.
 */
public interface RowResolver {
    /**
     * The reduction over all rows.
     *
     * @param part what the rows at hand contribute
     * @return the merged parts of all rows, with the same signature
     */
    RowPart resolve(RowPart part);

    /**
     * The gradient of a reduction over all rows, by the rows of all workers: their sum, on each of them. Called in a
     * training step, for every reduction that gradients reach, in the same order on every worker.
     *
     * <p>Where the rows of one worker are all there are, as it is unless overridden, that is the gradient itself.
     *
     * @param signature names the reduction, as {@link RowPart#signature}
     * @param gradient what the rows at hand contribute; replaced by the sum
     * @param length how many of its elements count
     */
    default void sumGradient(String signature, float[] gradient, int length) {}
}
