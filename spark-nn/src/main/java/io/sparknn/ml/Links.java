package io.sparknn.ml;

import io.sparknn.nn.loss.BceWithLogitsLoss;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.Loss;
import io.sparknn.nn.loss.NllLoss;
import io.sparknn.nn.loss.PoissonNllLoss;
import io.sparknn.serve.Link;

/** What the outputs of a network mean: its loss tells. */
final class Links {
    private Links() {}

    /** For probabilities of classes. With a loss of one's own, outputs are scores as for the built-in ones. */
    static Link ofClasses(Loss loss, int outputs, boolean several) {
        if (loss instanceof NllLoss) {
            return Link.EXP;
        }
        boolean scores = loss instanceof CrossEntropyLoss || !(outputs == 1 || several);
        return scores && !(loss instanceof BceWithLogitsLoss) ? Link.SOFTMAX : Link.SIGMOID;
    }

    /** For numbers. */
    static Link ofNumbers(Loss loss) {
        if (loss instanceof PoissonNllLoss) {
            return Boolean.TRUE.equals(loss.arguments()[0]) ? Link.EXP : Link.IDENTITY;
        }
        return loss instanceof BceWithLogitsLoss ? Link.SIGMOID : Link.IDENTITY;
    }
}
