package io.sparknn.tensor;

/** {@code ln Σ e^x}, composed of reductions, so that it may run over the rows of a DataFrame. */
final class LogSumExp {
    private LogSumExp() {}

    static Tensor of(Tensor x, boolean keepDim, int... axes) {
        Tensor max = x.max(true, axes).detach();
        // An infinite maximum is the answer itself; inf - inf would make it NaN.
        Tensor shift = Tensor.where(max.abs().eq(Double.POSITIVE_INFINITY), Tensor.scalar(0), max);
        Tensor log = x.sub(shift).exp().sum(true, axes).log().add(shift);
        // Axes of size 1 go when they are summed over, wherever the rows are.
        return keepDim ? log : log.sum(axes);
    }
}
