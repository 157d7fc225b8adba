package io.sparknn.tensor;

/** Operations of windows that slide over the inner axes of (N, C, ...): one to three axes behind rows and channels. */
interface Convolutions {
    /**
     * The convolution of deep learning, {@code y[n, f, q] = bias[f] + Σ_ct weight[f, c, t] · x[n, c, stride · q + dilation · t
     * - padding]}.
     *
     * @param weight (F, C / groups, kernel...)
     * @param bias (F), or null
     * @param window of the same kernel
     * @param groups both C and F are cut into so many parts, each of which sees only its own
     * @return (N, F, places of the window...)
     * @throws IllegalArgumentException if the shapes do not fit
     */
    default Tensor conv(Tensor weight, Tensor bias, Window window, int groups) {
        return Conv.of((Tensor) this, weight, bias, window, groups);
    }

    /**
     * The transpose of {@link #conv}, also known as deconvolution: each element is spread over a window of the result.
     *
     * @param weight (C, F / groups, kernel...)
     * @param bias (F), or null
     * @param window of the same kernel, as it slides over the result
     * @param groups both C and F are cut into so many parts, each of which sees only its own
     * @param outputPadding how much longer the result is, for all axes or for each: with a stride several sizes have the
     *     same number of places
     * @return (N, F, {@code (size - 1) · stride - 2 · padding + dilation · (kernel - 1) + 1 + outputPadding}...)
     * @throws IllegalArgumentException if the shapes do not fit
     */
    default Tensor convTranspose(Tensor weight, Tensor bias, Window window, int groups, int... outputPadding) {
        return ConvTranspose.of((Tensor) this, weight, bias, window, groups, outputPadding);
    }

    /**
     * The largest element of each window; the gradient goes to the first one that attains it.
     *
     * @param window its padding, at most half of it, is never the largest
     * @return (N, C, places of the window...)
     * @throws IllegalArgumentException if the window does not fit
     */
    default Tensor maxPool(Window window) {
        return MaxPool.sliding((Tensor) this, window);
    }

    /**
     * The mean of each window.
     *
     * @param window without dilation; its padding, at most half of it, holds zeros
     * @param countPadding whether those count
     * @return (N, C, places of the window...)
     * @throws IllegalArgumentException if the window does not fit
     */
    default Tensor avgPool(Window window, boolean countPadding) {
        return AvgPool.sliding((Tensor) this, window, countPadding);
    }

    /**
     * The largest element of each of so many parts, which overlap where the size does not divide.
     *
     * @param outputSize the size of each inner axis; -1 leaves it as it is
     * @return (N, C, outputSize...)
     */
    default Tensor adaptiveMaxPool(int... outputSize) {
        return MaxPool.adaptive((Tensor) this, outputSize);
    }

    /**
     * The mean of each of so many parts, which overlap where the size does not divide.
     *
     * @param outputSize the size of each inner axis; -1 leaves it as it is
     * @return (N, C, outputSize...)
     */
    default Tensor adaptiveAvgPool(int... outputSize) {
        return AvgPool.adaptive((Tensor) this, outputSize);
    }

    /**
     * The inner axes made longer at both ends.
     *
     * @param mode what the new elements are
     * @param before how many come in front of each inner axis
     * @param after how many come behind each
     * @return (N, C, {@code before + size + after}...)
     * @throws IllegalArgumentException if there are not as many elements to repeat
     */
    default Tensor pad(PadMode mode, int[] before, int[] after) {
        return Pad.of((Tensor) this, mode, before, after);
    }
}
