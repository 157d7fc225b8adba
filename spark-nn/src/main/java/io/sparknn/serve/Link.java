package io.sparknn.serve;

/** How the outputs of a network become what the label is. */
public enum Link {
    /** The outputs are it. */
    IDENTITY,
    /** Scores of classes. */
    SOFTMAX,
    /** Logarithms. */
    EXP,
    /** Scores of 1 against 0, each by itself. */
    SIGMOID;

    /**
     * Maps outputs in place. Strict, so that the same row has the same bits on every machine.
     *
     * @param values outputs of one row
     */
    public void apply(double... values) {
        switch (this) {
            case SOFTMAX -> softmax(values);
            case EXP -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = StrictMath.exp(values[i]);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = 1 / (1 + StrictMath.exp(-values[i]));
                }
            }
            case IDENTITY -> {}
        }
    }

    private static void softmax(double... values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = StrictMath.exp(values[i] - largest);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
    }
}
