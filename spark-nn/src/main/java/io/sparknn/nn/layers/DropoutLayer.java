package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import org.apache.spark.ml.param.DoubleParam;

/**
 * What the layers that drop at random have in common; they differ in what they drop together. Methods of Params are not
 * final here: Spark calls them by reflection, which a public class must declare, if only as a bridge.
 *
 * @param <S> the layer itself
 */
abstract class DropoutLayer<S extends DropoutLayer<S>> extends StandardLayer<S> {
    static final double HALF = 0.5;

    private static final long serialVersionUID = 1L;

    private final transient DoubleParam p;

    DropoutLayer(double p) {
        super(p);
        String layer = getClass().getSimpleName();
        this.p = new DoubleParam(id(), "p", "share dropped in training", Valid.share(layer, "p"));
        set(this.p, p);
    }

    /** A share that is dropped. */
    static double checked(String layer, String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    layer + " expects " + name + " from 0 to 1, got " + share + "; it is the share that is dropped");
        }
        return share;
    }

    /** The shape of the random numbers: one for all that is dropped together. Fails where the input is none for this. */
    abstract Shape numbers(Shape x);

    /**
     * Param: the share dropped in training.
     *
     * @return the Param
     */
    public DoubleParam p() {
        return p;
    }

    /**
     * Sets the share dropped in training.
     *
     * @param share from 0 to 1
     * @return this
     */
    @SuppressWarnings("unchecked")
    public final S setP(double share) {
        set(p, share);
        return (S) this;
    }

    @Override
    public final Tensor forward(Tensor x) {
        Shape numbers = numbers(x.shape());
        double share = (Double) getOrDefault(p);
        if (!training() || share == 0) {
            return x;
        }
        return dropped(x, rand(numbers), share);
    }

    /** What is left where numbers are below the share; scaled first, so that the gradient passes through one product. */
    static Tensor dropped(Tensor x, Tensor numbers, double share) {
        return x.mul(numbers.ge(share).mul(share == 1 ? 0 : 1 / (1 - share)));
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "(" + getOrDefault(p) + ")";
    }
}
