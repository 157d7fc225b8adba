package io.sparknn.nn.layers;

import io.sparknn.nn.LazyLayer;
import org.apache.spark.ml.param.IntParam;

/**
 * A {@link GroupNorm} that finds the number of channels, on axis 1 of its input.
 *
 * <ul>
 *   <li>input: (N, C, ...) with any C that is a multiple of numGroups
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: groups that do not divide the channels. PyTorch has no such twin.
 *
 * <pre>{@code
 * GroupNorm norm = new LazyGroupNorm(2).build(Shape.of(3, 6, 4, 4));
 * norm.parameter("weight").shape();           // (6)
 * }</pre>
 */
public final class LazyGroupNorm extends LazyChannels<GroupNorm, LazyGroupNorm> {
    private static final long serialVersionUID = 1L;

    private final double eps;
    private final boolean affine;
    private final transient IntParam numGroups;

    /**
     * With weight and bias, and an eps of 1e-5.
     *
     * @param numGroups the number of groups, at least 1
     */
    public LazyGroupNorm(int numGroups) {
        this(numGroups, NormArguments.EPS, true);
    }

    /**
     * A group normalisation to be.
     *
     * @param numGroups the number of groups, at least 1
     * @param eps added to variances
     * @param affine whether there are weight and bias
     */
    public LazyGroupNorm(int numGroups, double eps, boolean affine) {
        super(affine ? new String[] {"weight", "bias"} : new String[0], numGroups, eps, affine);
        NormArguments.checkEps("LazyGroupNorm", eps);
        this.eps = eps;
        this.affine = affine;
        this.numGroups = new IntParam(
                id(), "numGroups", "number of groups of channels", Valid.positive("LazyGroupNorm", "numGroups"));
        set(this.numGroups, numGroups);
    }

    /**
     * Param: the number of groups.
     *
     * @return the Param
     */
    public IntParam numGroups() {
        return numGroups;
    }

    /**
     * Sets the number of groups.
     *
     * @param groups at least 1
     * @return this
     */
    public LazyGroupNorm setNumGroups(int groups) {
        set(numGroups, groups);
        return this;
    }

    private int groups() {
        return (Integer) getOrDefault(numGroups);
    }

    @Override
    GroupNorm of(int channels) {
        if (channels % groups() != 0) {
            throw new IllegalArgumentException(who() + " expects numGroups that divide the channels, got " + groups()
                    + " groups of " + channels + " channels; call setNumGroups with a divisor");
        }
        return new GroupNorm(groups(), channels, eps, affine);
    }

    @Override
    public String toString() {
        boolean isDefault = eps == NormArguments.EPS && affine;
        return "LazyGroupNorm(" + groups() + (isDefault ? ")" : NormArguments.text(", ", eps, affine));
    }

    /**
     * Loads a saved lazy layer.
     *
     * @param path a directory written by {@code save}
     * @return the lazy layer
     */
    public static LazyGroupNorm load(String path) {
        return (LazyGroupNorm) LazyLayer.load(path);
    }
}
