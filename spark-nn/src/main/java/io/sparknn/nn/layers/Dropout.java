package io.sparknn.nn.layers;

import io.sparknn.tensor.Shape;

/**
 * The layer that drops elements at random while training, so that no unit relies on another one.
 *
 * <p>{@code y = x · m / (1 - p)}, where each element of m is 0 with probability p, else 1
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Evaluation passes the input on; the scaling in training keeps the expected value equal. The elements dropped come
 * from the seed of the pass, for any number of workers. Errors: a p outside [0, 1]. Source: Srivastava et al., "Dropout",
 * JMLR 15, 2014; PyTorch's {@code nn.Dropout}.
 *
 * <pre>{@code
 * new Dropout(0.2).forward(Tensor.of(-1, 2)); // [-1, 2], for this is no training
 * }</pre>
 */
public final class Dropout extends DropoutLayer<Dropout> {
    private static final long serialVersionUID = 1L;

    /** Drops one element of two. */
    public Dropout() {
        this(HALF);
    }

    /**
     * Drops elements.
     *
     * @param p the share of elements dropped, from 0 to 1
     */
    public Dropout(double p) {
        super(p);
    }

    @Override
    Shape numbers(Shape x) {
        return x;
    }
}
