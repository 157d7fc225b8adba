package io.sparknn.tensor;

/**
 * Makes recorded operations again, by name. Switches rather than tables of functions: each function made costs a cold JVM a
 * good part of a millisecond, and a switch loads what it comes to alone.
 */
final class Calls {
    private Calls() {}

    /**
     * Applies a recorded operation.
     *
     * @param lengths those of the rows of each input of the network; null for equal ones
     * @throws IllegalArgumentException if the operation is not known, or does not fit
     */
    static Tensor apply(Step step, Lengths[] lengths, Tensor... in) {
        String name = step.name();
        Attributes a = step.attributes();
        if (in.length == 0) {
            throw unknown(step);
        }
        Tensor y = UnaryCalls.apply(name, a, in);
        y = y != null ? y : BinaryCalls.apply(name, in);
        y = y != null ? y : WindowCalls.apply(name, a, in);
        y = y != null ? y : ShapeCalls.apply(name, a, in);
        y = y != null ? y : RowCalls.apply(name, a, lengths, in);
        if (y == null) {
            throw unknown(step);
        }
        return y;
    }

    private static IllegalArgumentException unknown(Step step) {
        return new IllegalArgumentException(
                "a recording expects operations of this version of spark-nn, got " + step + "; save the model again");
    }
}
