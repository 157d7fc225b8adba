package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamValidators;

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
public final class Dropout extends StandardLayer<Dropout> {
    private static final long serialVersionUID = 1L;

    private final transient DoubleParam p;

    /** Drops one element of two. */
    public Dropout() {
        this(0.5);
    }

    /**
     * Drops elements.
     *
     * @param p the share of elements dropped, from 0 to 1
     */
    public Dropout(double p) {
        super(p);
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "Dropout expects p from 0 to 1, got " + p + "; it is the share of elements dropped");
        }
        this.p = new DoubleParam(id(), "p", "share of elements dropped in training", ParamValidators.inRange(0, 1));
        set(this.p, p);
    }

    /**
     * Param: the share of elements dropped in training.
     *
     * @return the Param
     */
    public DoubleParam p() {
        return p;
    }

    /**
     * Sets the share of elements dropped in training.
     *
     * @param share from 0 to 1
     * @return this
     */
    public Dropout setP(double share) {
        set(p, share);
        return this;
    }

    @Override
    public Tensor forward(Tensor x) {
        double share = (Double) getOrDefault(p);
        if (!training() || share == 0) {
            return x;
        }
        // scaled before x, so that the gradient passes through one product
        Tensor kept = rand(x.shape()).ge(share).mul(share == 1 ? 0 : 1 / (1 - share));
        return x.mul(kept);
    }

    @Override
    public String toString() {
        return "Dropout(" + getOrDefault(p) + ")";
    }
}
