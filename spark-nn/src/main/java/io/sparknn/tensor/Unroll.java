package io.sparknn.tensor;

/** Which way a recurrent operation runs over each row, and what it gives. */
public enum Unroll {
    /** From the first element to the last; gives the state after each. */
    FORWARD(false, true),
    /** From the last element to the first; gives the state after each, at its place. */
    BACKWARD(true, true),
    /** From the first element to the last; gives the state after the last. */
    LAST_FORWARD(false, false),
    /** From the last element to the first; gives the state after the first. */
    LAST_BACKWARD(true, false);

    private final boolean backwards;
    private final boolean sequence;

    Unroll(boolean backwards, boolean sequence) {
        this.backwards = backwards;
        this.sequence = sequence;
    }

    boolean isBackwards() {
        return backwards;
    }

    /** Whether there is a result for each element. */
    boolean isSequence() {
        return sequence;
    }
}
