package io.sparknn.tensor;

/** The activation functions of tensors, element by element unless an axis is given. */
interface Activations {
    /**
     * The rectifier {@code max(x, 0)}.
     *
     * @return this shape
     */
    default Tensor relu() {
        return new ReluOp().apply((Tensor) this);
    }

    /**
     * The leaky rectifier with PyTorch's slope of 0.01.
     *
     * @return this shape
     */
    default Tensor leakyRelu() {
        return leakyRelu(0.01);
    }

    /**
     * The leaky rectifier {@code x where x > 0, else slope · x}.
     *
     * @param slope the slope below 0
     * @return this shape
     */
    default Tensor leakyRelu(double slope) {
        return new LeakyReluOp(slope).apply((Tensor) this);
    }

    /**
     * The leaky rectifier with learnt slopes, {@code x where x > 0, else weight · x}.
     *
     * Source: He et al., "Delving Deep into Rectifiers", 2015, arXiv:1502.01852.
     *
     * @param weight (1), or (C) for the C elements of axis 1
     * @return this shape
     * @throws IllegalArgumentException if the weight has another shape
     */
    default Tensor prelu(Tensor weight) {
        return Prelu.of((Tensor) this, weight);
    }

    /**
     * The exponential linear unit with alpha 1.
     *
     * @return this shape
     */
    default Tensor elu() {
        return elu(1);
    }

    /**
     * The exponential linear unit {@code x where x > 0, else alpha · (e^x - 1)}.
     *
     * Source: Clevert et al., 2015, arXiv:1511.07289.
     *
     * @param alpha minus the limit for very negative x
     * @return this shape
     */
    default Tensor elu(double alpha) {
        return new EluOp("elu", 1, alpha).apply((Tensor) this);
    }

    /**
     * The self-normalising unit {@code scale · (x where x > 0, else alpha · (e^x - 1))} with {@code scale = 1.0507...} and
     * {@code alpha = 1.6732...}.
     *
     * Source: Klambauer et al., 2017, arXiv:1706.02515.
     *
     * @return this shape
     */
    default Tensor selu() {
        return new EluOp("selu", 1.0507009873554804934, 1.6732632423543772848).apply((Tensor) this);
    }

    /**
     * The Gaussian error linear unit {@code x · (1 + erf(x / √2)) / 2}.
     *
     * Source: Hendrycks and Gimpel, 2016, arXiv:1606.08415.
     *
     * @return this shape
     */
    default Tensor gelu() {
        return new GeluOp().apply((Tensor) this);
    }

    /**
     * The logistic function {@code 1 / (1 + e^-x)}.
     *
     * @return this shape
     */
    default Tensor sigmoid() {
        return new SigmoidOp().apply((Tensor) this);
    }

    /**
     * The logarithm of the logistic function, {@code -ln(1 + e^-x)}.
     *
     * @return this shape
     */
    default Tensor logSigmoid() {
        return new LogSigmoidOp().apply((Tensor) this);
    }

    /**
     * The hyperbolic tangent.
     *
     * @return this shape
     */
    default Tensor tanh() {
        return new TanhOp().apply((Tensor) this);
    }

    /**
     * The sigmoid linear unit {@code x · sigmoid(x)}, also known as swish.
     *
     * Source: Elfwing et al., 2017, arXiv:1702.03118.
     *
     * @return this shape
     */
    default Tensor silu() {
        return new SiluOp().apply((Tensor) this);
    }

    /**
     * {@code x · tanh(ln(1 + e^x))}.
     *
     * Source: Misra, 2019, arXiv:1908.08681.
     *
     * @return this shape
     */
    default Tensor mish() {
        return new MishOp().apply((Tensor) this);
    }

    /**
     * The smooth rectifier {@code ln(1 + e^x)}; x itself above 20.
     *
     * @return this shape
     */
    default Tensor softplus() {
        return softplus(1, 20);
    }

    /**
     * The smooth rectifier {@code ln(1 + e^(beta · x)) / beta}.
     *
     * @param beta above 0; the larger, the closer to the rectifier
     * @param threshold where {@code beta · x} exceeds it, the result is x itself
     * @return this shape
     * @throws IllegalArgumentException if beta is not above 0
     */
    default Tensor softplus(double beta, double threshold) {
        return new SoftplusOp(beta, threshold).apply((Tensor) this);
    }

    /**
     * {@code x / (1 + |x|)}.
     *
     * @return this shape
     */
    default Tensor softsign() {
        return new SoftsignOp().apply((Tensor) this);
    }

    /**
     * The rectifier bounded by 6, {@code min(max(x, 0), 6)}.
     *
     * @return this shape
     */
    default Tensor relu6() {
        return new HardTanhOp("relu6", 0, 6).apply((Tensor) this);
    }

    /**
     * x held between -1 and 1.
     *
     * @return this shape
     */
    default Tensor hardTanh() {
        return hardTanh(-1, 1);
    }

    /**
     * x held between two bounds; the gradient is 0 at the bounds, other than {@link Comparisons#clamp}'s.
     *
     * @param min the lower bound
     * @param max the upper bound
     * @return this shape
     * @throws IllegalArgumentException if min is above max
     */
    default Tensor hardTanh(double min, double max) {
        return new HardTanhOp("hardTanh", min, max).apply((Tensor) this);
    }

    /**
     * {@code min(max(x + 3, 0), 6) / 6}.
     *
     * @return this shape
     */
    default Tensor hardSigmoid() {
        return new HardSigmoidOp().apply((Tensor) this);
    }

    /**
     * {@code x · min(max(x + 3, 0), 6) / 6}.
     *
     * Source: Howard et al., 2019, arXiv:1905.02244.
     *
     * @return this shape
     */
    default Tensor hardSwish() {
        return new HardSwishOp().apply((Tensor) this);
    }

    /**
     * {@code e^x / Σ e^x} along an axis; along the rows of a DataFrame over all of them.
     *
     * @param axis the axis along which the results sum to 1
     * @return this shape
     */
    default Tensor softmax(int axis) {
        return SoftmaxOp.of((Tensor) this, axis);
    }

    /**
     * {@code x - ln Σ e^x} along an axis, the logarithm of {@link #softmax}; along the rows of a DataFrame over all of them.
     *
     * @param axis the axis along which the exponentials of the results sum to 1
     * @return this shape
     */
    default Tensor logSoftmax(int axis) {
        return LogSoftmaxOp.of((Tensor) this, axis);
    }
}
