package io.sparknn.ml;

import io.sparknn.nn.loss.BceWithLogitsLoss;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.HuberLoss;
import io.sparknn.nn.loss.L1Loss;
import io.sparknn.nn.loss.Loss;
import io.sparknn.nn.loss.MseLoss;
import io.sparknn.nn.loss.NllLoss;
import io.sparknn.nn.loss.PoissonNllLoss;
import io.sparknn.nn.loss.SmoothL1Loss;
import java.util.Set;

/** The loss of a classifier: as the user set it, or as the label asks for it; with weights of classes and smoothing. */
final class ClassLoss {
    private static final Set<Class<?>> OF_NUMBERS =
            Set.of(HuberLoss.class, L1Loss.class, MseLoss.class, PoissonNllLoss.class, SmoothL1Loss.class);

    private final String who;
    private final Loss loss;

    private ClassLoss(String who, Loss loss) {
        this.who = who;
        this.loss = loss;
    }

    /**
     * The loss.
     *
     * @param given what the user set, or null
     * @param several whether a row has several labels, each 0 or 1
     * @param one whether the network has one output, which tells two classes apart
     */
    static ClassLoss of(String who, Loss given, boolean several, boolean one) {
        if (given == null) {
            return new ClassLoss(who, several || one ? new BceWithLogitsLoss() : new CrossEntropyLoss());
        }
        if (OF_NUMBERS.contains(given.getClass())) {
            throw new IllegalArgumentException(who + " expects a loss of classes, got " + given
                    + "; set CrossEntropyLoss, NllLoss or BceWithLogitsLoss, or use NeuralNetworkRegressor");
        }
        if (several && (given instanceof CrossEntropyLoss || given instanceof NllLoss)) {
            throw new IllegalArgumentException(who + " expects one class in each row for " + given
                    + ", got vectors as labels; set BceWithLogitsLoss for several labels, or index the classes");
        }
        return new ClassLoss(who, given);
    }

    Loss loss() {
        return loss;
    }

    /** How many outputs a network must have. */
    int outputs(int classes, boolean several) {
        if (!(loss instanceof BceWithLogitsLoss) || several) {
            return classes;
        }
        if (classes != 2) {
            throw new IllegalArgumentException(who + " expects two classes for " + loss + ", got " + classes
                    + "; set CrossEntropyLoss, or labels that are vectors of 0 and 1");
        }
        return 1;
    }

    /** The loss with weights of the classes: of a single output or several labels, the weights of 1 against 0. */
    ClassLoss withWeights(double[] weights, boolean several) {
        if (loss instanceof CrossEntropyLoss crossEntropy) {
            return new ClassLoss(who, crossEntropy.withClassWeights(weights));
        }
        if (loss instanceof NllLoss nll) {
            return new ClassLoss(who, nll.withClassWeights(weights));
        }
        if (loss instanceof BceWithLogitsLoss bce) {
            double[] positive = several ? weights : new double[] {ratio(weights)};
            return new ClassLoss(who, bce.withPositiveWeight(positive));
        }
        throw new IllegalArgumentException(who + " expects a built-in loss for classWeights, got " + loss
                + "; let your own loss weigh the classes");
    }

    private double ratio(double... weights) {
        if (weights[0] == 0) {
            throw new IllegalArgumentException(who + " expects a weight above 0 for class 0, got 0 for " + loss
                    + "; set CrossEntropyLoss, or a weight");
        }
        return weights[1] / weights[0];
    }

    ClassLoss withSmoothing(double share) {
        if (loss instanceof CrossEntropyLoss crossEntropy) {
            return new ClassLoss(who, crossEntropy.withLabelSmoothing(share));
        }
        throw new IllegalArgumentException(who + " expects CrossEntropyLoss for labelSmoothing, got " + loss
                + "; set that, or leave labels as they are");
    }
}
