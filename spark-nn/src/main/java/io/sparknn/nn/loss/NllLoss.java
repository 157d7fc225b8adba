package io.sparknn.nn.loss;

import io.sparknn.tensor.Tensor;

/**
 * Minus the logarithm of the probability of the label's class, for networks that end in a log-softmax.
 *
 * <p>{@code loss_n = -w_l · x_nl} for the label l of row n. The mean over rows is weighted by w_l.
 *
 * <ul>
 *   <li>output: (N, K), logarithms of probabilities
 *   <li>label: (N), classes from 0 to K - 1
 * </ul>
 *
 * <p>Errors: outputs or labels of other shapes, a label that is no class, another number of weights than classes, a
 * negative weight. Source: PyTorch's {@code NLLLoss}.
 *
 * <pre>{@code
 * new NllLoss().mean(net.forward(x).logSoftmax(1), Tensor.of(2, 0, 1));
 * }</pre>
 */
public final class NllLoss extends Loss {
    private static final long serialVersionUID = 1L;

    private final double[] classWeights;

    /** A loss that weighs all classes alike. */
    public NllLoss() {
        this(new double[0]);
    }

    private NllLoss(double[] classWeights) {
        super(classWeights);
        this.classWeights = ClassWeights.checked(this, classWeights);
    }

    /**
     * Weighs the classes.
     *
     * @param weights for each class, 0 or more; none for all alike
     * @return a new loss
     */
    public NllLoss withClassWeights(double... weights) {
        return new NllLoss(weights);
    }

    @Override
    public Tensor forward(Tensor output, Tensor label) {
        return output.negativeLogLikelihood(label, classWeights);
    }

    @Override
    public Tensor rowWeights(Tensor label) {
        return ClassWeights.ofRows(classWeights, label);
    }
}
