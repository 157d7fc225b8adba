package io.sparknn.nn;

import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;

/**
 * How the first values of a parameter are drawn.
 *
 * <p>The factories give PyTorch's {@code nn.init}. One's own initialiser is a class of a few lines, which passes its
 * constructor arguments up as a layer does:
 *
 * <pre>{@code
 * public final class Sparse extends Init {
 *     private final double share;
 *     public Sparse(double share) { super(share); this.share = share; }
 *     @Override public void fill(float[] values, Shape shape, RandomStream random) {
 *         for (int i = 0; i < values.length; i++) values[i] = random.uniform() < share ? random.normal() : 0;
 *     }
 * }
 * }</pre>
 */
public abstract class Init {
    private final Recipe recipe;

    /**
     * Keeps the constructor's arguments, by which the initialiser is saved and loaded.
     *
     * @param arguments the arguments of the subclass's constructor, in order
     */
    protected Init(Object... arguments) {
        recipe = new Recipe(getClass(), arguments);
    }

    /**
     * Fills in the first values.
     *
     * @param values all values, row-major, zero so far
     * @param shape the parameter's shape
     * @param random the parameter's own stream of random numbers
     */
    public abstract void fill(float[] values, Shape shape, RandomStream random);

    Recipe recipe() {
        return recipe;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Init init && recipe.equals(init.recipe);
    }

    @Override
    public final int hashCode() {
        return recipe.hashCode();
    }

    @Override
    public String toString() {
        return recipe.toString();
    }

    /**
     * All zeros.
     *
     * @return the initialiser
     */
    public static Init zeros() {
        return new Inits.Constant(0);
    }

    /**
     * All ones.
     *
     * @return the initialiser
     */
    public static Init ones() {
        return new Inits.Constant(1);
    }

    /**
     * One value everywhere.
     *
     * @param value the value
     * @return the initialiser
     */
    public static Init constant(double value) {
        return new Inits.Constant(value);
    }

    /**
     * Uniform over [low, high).
     *
     * @param low lower bound
     * @param high upper bound
     * @return the initialiser
     */
    public static Init uniform(double low, double high) {
        return new Inits.Uniform(low, high);
    }

    /**
     * Normal with mean 0 and standard deviation 1.
     *
     * @return the initialiser
     */
    public static Init normal() {
        return normal(0, 1);
    }

    /**
     * Normal.
     *
     * @param mean the mean
     * @param std the standard deviation, at least 0
     * @return the initialiser
     */
    public static Init normal(double mean, double std) {
        return new Inits.Normal(mean, std);
    }

    /**
     * Normal, drawn again until within bounds.
     *
     * @param mean the mean
     * @param std the standard deviation, above 0
     * @param low lower bound
     * @param high upper bound
     * @return the initialiser
     */
    public static Init truncatedNormal(double mean, double std, double low, double high) {
        return new Inits.TruncatedNormal(mean, std, low, high);
    }

    /**
     * Glorot's uniform initialiser: bound {@code gain · √(6 / (fanIn + fanOut))}. Source: Glorot and Bengio, 2010.
     *
     * @return the initialiser with gain 1
     */
    public static Init xavierUniform() {
        return xavierUniform(1);
    }

    /**
     * Glorot's uniform initialiser: bound {@code gain · √(6 / (fanIn + fanOut))}. Source: Glorot and Bengio, 2010.
     *
     * @param gain a factor, see {@link Gain}
     * @return the initialiser
     */
    public static Init xavierUniform(double gain) {
        return new Inits.Xavier(gain, false);
    }

    /**
     * Glorot's normal initialiser: standard deviation {@code gain · √(2 / (fanIn + fanOut))}.
     *
     * @return the initialiser with gain 1
     */
    public static Init xavierNormal() {
        return xavierNormal(1);
    }

    /**
     * Glorot's normal initialiser: standard deviation {@code gain · √(2 / (fanIn + fanOut))}.
     *
     * @param gain a factor, see {@link Gain}
     * @return the initialiser
     */
    public static Init xavierNormal(double gain) {
        return new Inits.Xavier(gain, true);
    }

    /**
     * He's uniform initialiser for rectifiers: bound {@code √2 · √(3 / fanIn)}. Source: arXiv:1502.01852.
     *
     * @return the initialiser with the gain of Relu and the fan of the input
     */
    public static Init kaimingUniform() {
        return kaimingUniform(Gain.relu(), Fan.IN);
    }

    /**
     * He's uniform initialiser: bound {@code gain · √(3 / fan)}. Source: arXiv:1502.01852.
     *
     * @param gain a factor, see {@link Gain}
     * @param fan whether inputs or outputs of a unit are counted
     * @return the initialiser
     */
    public static Init kaimingUniform(double gain, Fan fan) {
        return new Inits.Kaiming(gain, fan, false);
    }

    /**
     * He's normal initialiser for rectifiers: standard deviation {@code √2 / √fanIn}. Source: arXiv:1502.01852.
     *
     * @return the initialiser with the gain of Relu and the fan of the input
     */
    public static Init kaimingNormal() {
        return kaimingNormal(Gain.relu(), Fan.IN);
    }

    /**
     * He's normal initialiser: standard deviation {@code gain / √fan}. Source: arXiv:1502.01852.
     *
     * @param gain a factor, see {@link Gain}
     * @param fan whether inputs or outputs of a unit are counted
     * @return the initialiser
     */
    public static Init kaimingNormal(double gain, Fan fan) {
        return new Inits.Kaiming(gain, fan, true);
    }

    /**
     * A (semi-)orthogonal matrix over the first axis and all others. Source: arXiv:1312.6120.
     *
     * @return the initialiser with gain 1
     */
    public static Init orthogonal() {
        return orthogonal(1);
    }

    /**
     * A (semi-)orthogonal matrix over the first axis and all others. Source: arXiv:1312.6120.
     *
     * @param gain a factor, see {@link Gain}
     * @return the initialiser
     */
    public static Init orthogonal(double gain) {
        return new Inits.Orthogonal(gain);
    }

    /**
     * Ones on the diagonal of a matrix.
     *
     * @return the initialiser
     */
    public static Init eye() {
        return new Inits.Eye();
    }
}
