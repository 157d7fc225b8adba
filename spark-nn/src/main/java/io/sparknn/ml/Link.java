package io.sparknn.ml;

import io.sparknn.nn.loss.BceWithLogitsLoss;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.Loss;
import io.sparknn.nn.loss.NllLoss;
import io.sparknn.nn.loss.PoissonNllLoss;

/** How the outputs of a network become what the label is: its loss tells. */
enum Link {
    /** The outputs are it. */
    IDENTITY,
    /** Scores of classes. */
    SOFTMAX,
    /** Logarithms. */
    EXP,
    /** Scores of 1 against 0, each by itself. */
    SIGMOID;

    /** For probabilities of classes. With a loss of one's own, outputs are scores as for the built-in ones. */
    static Link ofClasses(Loss loss, int outputs, boolean several) {
        if (loss instanceof NllLoss) {
            return EXP;
        }
        boolean scores = loss instanceof CrossEntropyLoss || !(outputs == 1 || several);
        return scores && !(loss instanceof BceWithLogitsLoss) ? SOFTMAX : SIGMOID;
    }

    /** For numbers. */
    static Link ofNumbers(Loss loss) {
        if (loss instanceof PoissonNllLoss) {
            return Boolean.TRUE.equals(loss.arguments()[0]) ? EXP : IDENTITY;
        }
        return loss instanceof BceWithLogitsLoss ? SIGMOID : IDENTITY;
    }

    /** Maps outputs in place. Strict, so that the same row has the same bits on every machine. */
    void apply(double... values) {
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
