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
}
