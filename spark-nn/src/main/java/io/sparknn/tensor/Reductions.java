package io.sparknn.tensor;

/**
 * Reductions over all axes, or over given ones. Over the rows of a DataFrame they run over all of its rows.
 *
 * <p>Without axes everything is reduced to a scalar. {@code keepDim} leaves reduced axes with size 1.
 */
interface Reductions {
    /**
     * The sum.
     *
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor sum(int... axes) {
        return sum(false, axes);
    }

    /**
     * The sum.
     *
     * @param keepDim whether reduced axes stay, with size 1
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor sum(boolean keepDim, int... axes) {
        return Reduction.of(new Sum(), (Tensor) this, keepDim, axes);
    }

    /**
     * The arithmetic mean.
     *
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor mean(int... axes) {
        return mean(false, axes);
    }

    /**
     * The arithmetic mean.
     *
     * @param keepDim whether reduced axes stay, with size 1
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor mean(boolean keepDim, int... axes) {
        return Reduction.of(new Mean(), (Tensor) this, keepDim, axes);
    }

    /**
     * The largest value.
     *
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor max(int... axes) {
        return max(false, axes);
    }

    /**
     * The largest value.
     *
     * @param keepDim whether reduced axes stay, with size 1
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor max(boolean keepDim, int... axes) {
        return Reduction.of(new Max(), (Tensor) this, keepDim, axes);
    }

    /**
     * The smallest value.
     *
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor min(int... axes) {
        return min(false, axes);
    }

    /**
     * The smallest value.
     *
     * @param keepDim whether reduced axes stay, with size 1
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor min(boolean keepDim, int... axes) {
        return Reduction.of(new Min(), (Tensor) this, keepDim, axes);
    }

    /**
     * The unbiased variance, with divisor n - 1.
     *
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor var(int... axes) {
        return var(1, false, axes);
    }

    /**
     * The variance.
     *
     * @param correction subtracted from the number of elements in the divisor: 1 for the unbiased variance, 0 for the
     *     biased one
     * @param keepDim whether reduced axes stay, with size 1
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor var(int correction, boolean keepDim, int... axes) {
        return Reduction.of(new Variance(correction), (Tensor) this, keepDim, axes);
    }

    /**
     * The unbiased standard deviation, with divisor n - 1; where it is 0, so is its gradient.
     *
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor std(int... axes) {
        return std(1, false, axes);
    }

    /**
     * The standard deviation; where it is 0, so is its gradient.
     *
     * @param correction subtracted from the number of elements in the divisor: 1 for the unbiased one, 0 for the biased one
     * @param keepDim whether reduced axes stay, with size 1
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor std(int correction, boolean keepDim, int... axes) {
        return Reduction.of(new Deviation(correction), (Tensor) this, keepDim, axes);
    }

    /**
     * The Euclidean norm {@code √Σ x²}; where it is 0, so is its gradient.
     *
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor norm(int... axes) {
        return norm(false, axes);
    }

    /**
     * The Euclidean norm {@code √Σ x²}; where it is 0, so is its gradient.
     *
     * @param keepDim whether reduced axes stay, with size 1
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor norm(boolean keepDim, int... axes) {
        return Reduction.of(new Norm(), (Tensor) this, keepDim, axes);
    }

    /**
     * {@code ln Σ e^x}, without overflow.
     *
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor logsumexp(int... axes) {
        return logsumexp(false, axes);
    }

    /**
     * {@code ln Σ e^x}, without overflow.
     *
     * @param keepDim whether reduced axes stay, with size 1
     * @param axes the axes to reduce; all if none is given
     * @return the remaining axes
     */
    default Tensor logsumexp(boolean keepDim, int... axes) {
        return LogSumExp.of((Tensor) this, keepDim, axes);
    }

    /**
     * The place of the largest value along an axis: the first if there are several, the first NaN if there is one. It has no
     * gradient, and over the rows of a DataFrame it is refused.
     *
     * @param axis the axis to search
     * @return the remaining axes
     */
    default Tensor argmax(int axis) {
        return Argmax.of((Tensor) this, axis);
    }
}
