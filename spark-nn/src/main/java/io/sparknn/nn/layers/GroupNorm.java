package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;

/**
 * Group normalisation: groups of channels of each row with mean 0 and variance 1, over channels and places, then each
 * channel scaled and shifted by learnt values.
 *
 * <p>{@code y = (x - mean) / √(var + eps) · weight + bias}
 *
 * <ul>
 *   <li>input: (N, C, ...) where C is numChannels
 *   <li>output: the same shape
 *   <li>weight, bias: (C), ones and zeros; none without affine
 * </ul>
 *
 * <p>Errors: groups that do not divide the channels; another number of channels. Source: Wu and He, "Group
 * Normalization", 2018, arXiv:1803.08494; PyTorch's {@code nn.GroupNorm}.
 *
 * <pre>{@code
 * GroupNorm norm = new GroupNorm(2, 6);
 * norm.forward(Tensor.rand(3, 6, 4, 4)).shape();          // (3, 6, 4, 4)
 * }</pre>
 */
public final class GroupNorm extends StandardLayer<GroupNorm> {
    private static final long serialVersionUID = 1L;

    private final int numGroups;
    private final int numChannels;
    private final double eps;
    private final Parameter weight;
    private final Parameter bias;

    /**
     * With weight and bias, and an eps of 1e-5.
     *
     * @param numGroups the number of groups, at least 1
     * @param numChannels the number of channels, a multiple of it
     */
    public GroupNorm(int numGroups, int numChannels) {
        this(numGroups, numChannels, NormArguments.EPS, true);
    }

    /**
     * A group normalisation.
     *
     * @param numGroups the number of groups, at least 1
     * @param numChannels the number of channels, a multiple of it
     * @param eps added to variances
     * @param affine whether there are weight and bias
     */
    public GroupNorm(int numGroups, int numChannels, double eps, boolean affine) {
        super(numGroups, numChannels, eps, affine);
        Sizes.positive("GroupNorm", "numGroups", numGroups);
        Sizes.positive("GroupNorm", "numChannels", numChannels);
        NormArguments.checkEps("GroupNorm", eps);
        if (numChannels % numGroups != 0) {
            throw new IllegalArgumentException("GroupNorm expects numGroups that divide numChannels, got " + numGroups
                    + " groups of " + numChannels + " channels; take a divisor");
        }
        this.numGroups = numGroups;
        this.numChannels = numChannels;
        this.eps = eps;
        this.weight = affine ? addParameter("weight", Init.ones(), numChannels) : null;
        this.bias = affine ? addParameter("bias", Init.zeros(), numChannels) : null;
    }

    /** Rows of one size, also in arrays of arrays: the channels are an axis that all rows share. */
    @Override
    public Reading reading(int input, int count) {
        return Reading.grid();
    }

    @Override
    public Tensor forward(Tensor x) {
        Shape shape = x.shape();
        if (shape.rank() < 2 || shape.dim(1) != numChannels) {
            throw new IllegalArgumentException(who() + " expects an input (N, " + numChannels + ", ...), got shape "
                    + shape + "; the second axis are the channels, put Unflatten before it to have them");
        }
        return x.groupNorm(numGroups, weight, bias, eps);
    }

    @Override
    public String toString() {
        boolean isDefault = eps == NormArguments.EPS && weight != null;
        String text = "GroupNorm(" + numGroups + ", " + numChannels;
        return isDefault ? text + ")" : text + NormArguments.text(", ", eps, weight != null);
    }

    /**
     * Loads a saved layer.
     *
     * @param path a directory written by {@code save}
     * @return the layer
     */
    public static GroupNorm load(String path) {
        return (GroupNorm) Layer.load(path);
    }
}
