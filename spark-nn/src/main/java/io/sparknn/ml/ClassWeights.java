package io.sparknn.ml;

import io.sparknn.tensor.Configured;
import java.util.Arrays;

/**
 * How much the rows of each class count in training: numbers, or the word {@code balanced}, which lets all classes count
 * alike however rare they are.
 *
 * <p>Balanced weights are {@code rows / (classes · rows of the class)}, of the rows for training, as scikit-learn has
 * them.
 *
 * <pre>{@code
 * new NeuralNetworkClassifier().setClassWeights("balanced");
 * new NeuralNetworkClassifier().setClassWeights(1, 5);
 * }</pre>
 */
public final class ClassWeights extends Configured {
    private static final long serialVersionUID = 1L;
    private static final String BALANCED = "balanced";

    private final double[] weights;

    private ClassWeights(double... weights) {
        super(weights);
        this.weights = weights.clone();
        for (double weight : weights) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException(
                        "ClassWeights expects weights of 0 or more, got " + weight + "; give it such numbers");
            }
        }
    }

    /**
     * Weights by the classes' numbers of rows.
     *
     * @return balanced weights
     */
    public static ClassWeights balanced() {
        return new ClassWeights();
    }

    /**
     * Given weights.
     *
     * @param weights one for each class, 0 or more
     * @return the weights
     */
    public static ClassWeights of(double... weights) {
        if (weights.length == 0) {
            throw new IllegalArgumentException(
                    "ClassWeights expects a weight for each class, got none; write ClassWeights.balanced() for those");
        }
        return new ClassWeights(weights);
    }

    /**
     * Weights by name.
     *
     * @param name {@code balanced}
     * @return the weights
     */
    public static ClassWeights named(String name) {
        if (!BALANCED.equals(name)) {
            throw new IllegalArgumentException("ClassWeights expects the name \"" + BALANCED + "\", got \"" + name
                    + "\"; give it, or a number for each class");
        }
        return balanced();
    }

    /**
     * Whether the classes' numbers of rows tell the weights.
     *
     * @return true for balanced ones
     */
    public boolean isBalanced() {
        return weights.length == 0;
    }

    /** The weights, given the rows of each class for training, or null for labels that are none. */
    double[] of(String who, int classes, long... counts) {
        if (isBalanced() && counts == null) {
            throw new IllegalArgumentException(who + " expects one class in each row for balanced classWeights, got"
                    + " vectors as labels; give a number for each of them");
        }
        if (!isBalanced() && weights.length != classes) {
            throw new IllegalArgumentException(who + " expects a weight for each of " + classes + " classes, got "
                    + weights.length + "; give as many to setClassWeights");
        }
        return isBalanced() ? balanced(counts) : weights.clone();
    }

    private static double[] balanced(long... counts) {
        double rows = Arrays.stream(counts).sum();
        return Arrays.stream(counts)
                .mapToDouble(count -> count == 0 ? 0 : rows / (counts.length * (double) count))
                .toArray();
    }
}
