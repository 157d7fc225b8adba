package io.sparknn.nn.loss;

import io.sparknn.tensor.Configured;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;

/**
 * What each row costs, given a network's output and the label: a number that training makes small.
 *
 * <p>One of one's own is a class with one method, made of operations on tensors, which know their gradients; what its
 * constructor takes it passes to {@code super}, so that it can be saved and sent to workers:
 *
 * <pre>{@code
 * public final class LogCoshLoss extends Loss {
 *     @Override
 *     public Tensor forward(Tensor output, Tensor label) {
 *         Tensor error = output.sub(label);
 *         return error.exp().add(error.neg().exp()).div(2).log().mean(1);
 *     }
 * }
 * }</pre>
 *
 * <p>The loss of a batch, and of a DataFrame, is {@code Σ c_n · forward_n / Σ c_n · r_n}, where c is the weight column and r
 * what {@link #rowWeights} gives.
 */
public abstract class Loss extends Configured {
    private static final long serialVersionUID = 1L;

    /**
     * Keeps what the loss is made from.
     *
     * @param arguments all arguments of the subclass's constructor, in its order
     */
    protected Loss(Object... arguments) {
        super(arguments);
    }

    /**
     * The loss of each row.
     *
     * @param output what the network gave, (N, ...)
     * @param label what it should have given, (N) or (N, ...)
     * @return (N)
     */
    public abstract Tensor forward(Tensor output, Tensor label);

    /**
     * What the losses of rows are divided by when their mean is taken, where this is not 1 for each row: the weights of
     * the rows' classes.
     *
     * @param label what the network should have given
     * @return (N), or null for 1 each, as it is unless overridden
     */
    public Tensor rowWeights(Tensor label) {
        return null;
    }

    /**
     * The mean loss of rows: what PyTorch's loss gives.
     *
     * @param output what the network gave, (N, ...)
     * @param label what it should have given
     * @return a scalar
     */
    public final Tensor mean(Tensor output, Tensor label) {
        Tensor weights = rowWeights(label);
        Tensor losses = forward(output, label);
        return weights == null ? losses.mean() : losses.sum().div(weights.sum());
    }

    /** The label in the shape of the output: the same, or (N) beside (N, 1). */
    final Tensor fitted(Tensor output, Tensor label) {
        Shape wanted = output.shape();
        boolean column =
                wanted.rank() == 2 && wanted.dim(1) == 1 && label.shape().rank() == 1;
        Tensor fitted = column ? label.unsqueeze(1) : label;
        // broadcasting (N, 1) with (N) gives (N, N), the best known way to train on nonsense
        if (wanted.rank() == 0 || !wanted.equals(fitted.shape())) {
            throw new IllegalArgumentException(getClass().getSimpleName() + " expects labels of the outputs' shape "
                    + wanted + ", got " + label.shape() + "; give the network as many outputs as the label has values");
        }
        return fitted;
    }

    /** The mean over all axes but the rows. */
    static Tensor perRow(Tensor losses) {
        int[] axes = new int[losses.shape().rank() - 1];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = i + 1;
        }
        return axes.length == 0 ? losses : losses.mean(axes);
    }

    /** The message that refuses a setting. */
    final IllegalArgumentException refused(String name, String range, Object got) {
        return new IllegalArgumentException(getClass().getSimpleName() + " expects " + name + " " + range + ", got "
                + got + "; give it such a value");
    }
}
