package io.sparknn.nn.loss;

import io.sparknn.tensor.Tensor;

/**
 * How improbable the sigmoid of each score holds its label: two classes by one score, or several labels at once.
 *
 * <p>{@code loss = -(p · t · ln sigmoid(x) + (1 - t) · ln(1 - sigmoid(x)))}, the mean over the values of a row
 *
 * <ul>
 *   <li>output: (N), (N, 1) or (N, D), scores before any sigmoid
 *   <li>label: the same shape, or (N) beside (N, 1); from 0 to 1
 * </ul>
 *
 * <p>Errors: labels of another shape, a positive weight below 0; not one of them for each output. Source: PyTorch's {@code BCEWithLogitsLoss}.
 *
 * <pre>{@code
 * new BceWithLogitsLoss().withPositiveWeight(3).mean(net.forward(x), Tensor.of(1, 0, 1));
 * }</pre>
 */
public final class BceWithLogitsLoss extends Loss {
    private static final long serialVersionUID = 1L;

    private final double[] positiveWeights;

    /** A loss that weighs 0 and 1 alike. */
    public BceWithLogitsLoss() {
        this(new double[] {1});
    }

    private BceWithLogitsLoss(double[] positiveWeights) {
        super(positiveWeights);
        this.positiveWeights = positiveWeights.clone();
        for (double weight : positiveWeights) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw refused("positive weights", "of 0 or more", weight);
            }
        }
    }

    /**
     * Weighs labels of 1.
     *
     * @param weights above 1 to miss fewer of them, below 1 to raise fewer false alarms; one for all outputs, or one for each
     * @return a new loss
     */
    public BceWithLogitsLoss withPositiveWeight(double... weights) {
        return new BceWithLogitsLoss(weights);
    }

    @Override
    public Tensor forward(Tensor output, Tensor label) {
        Tensor fitted = fitted(output, label);
        if (positiveWeights.length == 1) {
            return perRow(output.binaryCrossEntropy(fitted, positiveWeights[0]));
        }
        if (output.shape().rank() != 2 || output.shape().dim(1) != positiveWeights.length) {
            throw new IllegalArgumentException("BceWithLogitsLoss expects " + positiveWeights.length
                    + " outputs for as many positive weights, got " + output.shape()
                    + "; give one weight, or one for each");
        }
        // what the weights add to the part of label 1
        Tensor more =
                fitted.mul(Tensor.of(positiveWeights).sub(1)).mul(output.neg().softplus());
        return perRow(output.binaryCrossEntropy(fitted, 1).add(more));
    }
}
