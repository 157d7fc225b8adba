package io.sparknn.tensor;

/** Operations that losses of their own rest on, each computed in one go. */
interface Losses {
    /**
     * The cross entropy of scores and class numbers, row by row: {@code CrossEntropyLoss} is built from it.
     *
     * @param label the class of each row, (N) beside this (N, K); it gets no gradient
     * @param classWeights what the loss of a row is multiplied by, for each class; null for ones
     * @param smoothing which share of the label is spread evenly over all classes, 0 for none
     * @return the loss of each row, (N)
     * @throws IllegalArgumentException if the shapes do not fit, or a label is no class
     */
    default Tensor crossEntropy(Tensor label, double[] classWeights, double smoothing) {
        return new CrossEntropy(classWeights, smoothing).apply((Tensor) this, label);
    }

    /**
     * Minus the logarithm of the probability of a class, from logarithms of probabilities, row by row: {@code NllLoss} is
     * built from it.
     *
     * @param label the class of each row, (N) beside this (N, K); it gets no gradient
     * @param classWeights what the loss of a row is multiplied by, for each class; null for ones
     * @return the loss of each row, (N)
     * @throws IllegalArgumentException if the shapes do not fit, or a label is no class
     */
    default Tensor negativeLogLikelihood(Tensor label, double[] classWeights) {
        return new NegativeLogLikelihood(classWeights).apply((Tensor) this, label);
    }

    /**
     * The cross entropy of scores before the sigmoid, and labels from 0 to 1, element by element: {@code BceWithLogitsLoss}
     * is built from it.
     *
     * @param label of a shape that broadcasts with this one
     * @param positiveWeight what the part of label 1 is multiplied by, 1 for nothing
     * @return the broadcast shape
     */
    default Tensor binaryCrossEntropy(Tensor label, double positiveWeight) {
        return new BinaryCrossEntropy(positiveWeight).apply((Tensor) this, label);
    }
}
