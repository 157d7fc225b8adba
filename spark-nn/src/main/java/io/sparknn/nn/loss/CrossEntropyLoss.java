package io.sparknn.nn.loss;

import io.sparknn.tensor.Tensor;

/**
 * How improbable the softmax of a network's scores holds the label's class.
 *
 * <p>{@code loss_n = w_l · (ln Σ_k e^x_nk - x_nl)} for the label l of row n. With smoothing s:
 * {@code (1 - s) · loss_n + s / K · Σ_c w_c · (ln Σ_k e^x_nk - x_nc)}. The mean over rows is weighted by w_l.
 *
 * <ul>
 *   <li>output: (N, K), scores before any softmax
 *   <li>label: (N), classes from 0 to K - 1
 * </ul>
 *
 * <p>Errors: outputs or labels of other shapes, a label that is no class, another number of weights than classes, a
 * negative weight, a smoothing outside [0, 1]. Source: PyTorch's {@code CrossEntropyLoss}; Szegedy and others,
 * arXiv:1512.00567.
 *
 * <pre>{@code
 * new CrossEntropyLoss().withLabelSmoothing(0.1).mean(net.forward(x), Tensor.of(2, 0, 1));
 * }</pre>
 */
public final class CrossEntropyLoss extends Loss {
    private static final long serialVersionUID = 1L;

    private final double[] classWeights;
    private final double labelSmoothing;

    /** A loss that weighs all classes alike. */
    public CrossEntropyLoss() {
        this(new double[0], 0);
    }

    private CrossEntropyLoss(double[] classWeights, double labelSmoothing) {
        super(classWeights, labelSmoothing);
        this.classWeights = ClassWeights.checked(this, classWeights);
        this.labelSmoothing = labelSmoothing;
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
            throw refused("labelSmoothing", "from 0 to 1", labelSmoothing);
        }
    }

    /**
     * Weighs the classes.
     *
     * @param weights for each class, 0 or more; none for all alike
     * @return a new loss
     */
    public CrossEntropyLoss withClassWeights(double... weights) {
        return new CrossEntropyLoss(weights, labelSmoothing);
    }

    /**
     * Spreads a share of each label over all classes.
     *
     * @param share from 0 to 1
     * @return a new loss
     */
    public CrossEntropyLoss withLabelSmoothing(double share) {
        return new CrossEntropyLoss(classWeights == null ? new double[0] : classWeights, share);
    }

    @Override
    public Tensor forward(Tensor output, Tensor label) {
        return output.crossEntropy(label, classWeights, labelSmoothing);
    }

    @Override
    public Tensor rowWeights(Tensor label) {
        return ClassWeights.ofRows(classWeights, label);
    }
}
