package io.sparknn.nn;

import io.sparknn.tensor.RowPart;
import io.sparknn.tensor.RowResolver;
import java.util.List;

/**
 * Completes reductions over rows in scoring: answers with those resolved so far, in order, and ends the forward pass at
 * the first one that is not, keeping what the block contributes to it.
 */
final class ScoringRows implements RowResolver {
    /** One pass over the data each; more is a loop gone wrong. */
    static final int MAX_REDUCTIONS = 64;

    private final RowPart[] resolved;
    private int next;
    private RowPart pending;

    ScoringRows(RowPart... resolved) {
        this.resolved = resolved;
    }

    static ScoringRows of(List<RowPart> resolved) {
        return new ScoringRows(resolved.toArray(new RowPart[0]));
    }

    /** Starts over for the next block. */
    void begin() {
        next = 0;
        pending = null;
    }

    /** What the last block contributes to the reduction it ended at, or null if it went through. */
    RowPart pending() {
        return pending;
    }

    @Override
    public RowPart resolve(RowPart part) {
        if (pending == null && next < resolved.length) {
            RowPart all = resolved[next++];
            if (!all.signature().equals(part.signature())) {
                throw new IllegalStateException("forward expects the same reductions over rows in every block, got "
                        + part.signature() + " where others had " + all.signature()
                        + "; let no control flow depend on single rows");
            }
            return all;
        }
        // Asked again although the pass was ended: user code caught the abort. The first one stays pending.
        pending = pending == null ? part : pending;
        throw new Unresolved();
    }

    static IllegalStateException tooMany(Layer layer) {
        return new IllegalStateException(layer.who() + " expects at most " + MAX_REDUCTIONS
                + " reductions over rows, each a pass over the data, got more; bound the loop in forward");
    }

    /** Ends a forward pass at an unresolved reduction. An Error, which user code has no reason to catch. */
    static final class Unresolved extends Error {
        private static final long serialVersionUID = 1L;

        private Unresolved() {
            super("a reduction over rows is not resolved yet", null, false, false);
        }
    }
}
