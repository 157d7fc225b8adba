package io.sparknn.tensor;

/** The arithmetic of tensors: element by element with broadcasting, and the matrix product. */
interface Arithmetic {
    /**
     * {@code this + other}, element by element.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor add(Tensor other) {
        return new AddOp().apply((Tensor) this, other);
    }

    /**
     * {@code this + value}.
     *
     * @param value added to each element, as a float
     * @return this shape
     */
    default Tensor add(double value) {
        return new AddScalar(value).apply((Tensor) this);
    }

    /**
     * {@code this - other}, element by element.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor sub(Tensor other) {
        return new Sub().apply((Tensor) this, other);
    }

    /**
     * {@code this - value}.
     *
     * @param value subtracted from each element, as a float
     * @return this shape
     */
    default Tensor sub(double value) {
        return new AddScalar(-value).apply((Tensor) this);
    }

    /**
     * {@code this · other}, element by element.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor mul(Tensor other) {
        return new Mul().apply((Tensor) this, other);
    }

    /**
     * {@code this · value}.
     *
     * @param value multiplies each element, as a float
     * @return this shape
     */
    default Tensor mul(double value) {
        return new MulScalar(value).apply((Tensor) this);
    }

    /**
     * {@code this / other}, element by element.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor div(Tensor other) {
        return new Div().apply((Tensor) this, other);
    }

    /**
     * {@code this / value}.
     *
     * @param value divides each element, as a float
     * @return this shape
     */
    default Tensor div(double value) {
        return new DivScalar(value).apply((Tensor) this);
    }

    /**
     * {@code -this}.
     *
     * @return this shape
     */
    default Tensor neg() {
        return new Neg().apply((Tensor) this);
    }

    /**
     * {@code this} to the power of a number, element by element.
     *
     * @param exponent the exponent; whole powers of negative elements are defined, others NaN
     * @return this shape
     */
    default Tensor pow(double exponent) {
        return new PowScalar(exponent).apply((Tensor) this);
    }

    /**
     * {@code this} to the power of {@code exponent}, element by element.
     *
     * @param exponent of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor pow(Tensor exponent) {
        return new Pow().apply((Tensor) this, exponent);
    }

    /**
     * {@code e} to the power of each element, within 2 units in the last place.
     *
     * @return this shape
     */
    default Tensor exp() {
        return new Exp().apply((Tensor) this);
    }

    /**
     * The natural logarithm of each element, within 2 units in the last place; -Infinity at 0, NaN below.
     *
     * @return this shape
     */
    default Tensor log() {
        return new Log().apply((Tensor) this);
    }

    /**
     * The square root of each element, correctly rounded; NaN below 0.
     *
     * @return this shape
     */
    default Tensor sqrt() {
        return new Sqrt().apply((Tensor) this);
    }

    /**
     * The absolute value of each element; its gradient at 0 is 0.
     *
     * @return this shape
     */
    default Tensor abs() {
        return new Abs().apply((Tensor) this);
    }

    /**
     * The error function {@code 2 / √π · ∫₀ˣ e^(-t²) dt}.
     *
     * @return this shape
     */
    default Tensor erf() {
        return new Erf().apply((Tensor) this);
    }

    /**
     * The matrix product over the last two axes; leading axes broadcast. A tensor of rank 1 is a row on the left, a
     * column on the right, and that axis is missing in the result, as in PyTorch.
     *
     * @param other (..., k, n) for this (..., m, k)
     * @return (..., m, n)
     * @throws IllegalArgumentException if the inner sizes differ
     */
    default Tensor matmul(Tensor other) {
        return MatMul.of((Tensor) this, other);
    }

    /**
     * The affine map {@code this · weightᵀ + bias} over the last axis.
     *
     * @param weight (n, k) for this (..., k)
     * @param bias (n), or null for none
     * @return (..., n)
     * @throws IllegalArgumentException if the sizes do not fit
     */
    default Tensor linear(Tensor weight, Tensor bias) {
        return Affine.of((Tensor) this, weight, bias);
    }

    /**
     * The bilinear form {@code y_k = thisᵀ · W_k · x2 + b_k} over the last axes.
     *
     * @param x2 (..., n) for this (..., m), with the same leading sizes
     * @param weight (k, m, n)
     * @param bias (k), or null for none
     * @return (..., k)
     * @throws IllegalArgumentException if the sizes do not fit
     */
    default Tensor bilinear(Tensor x2, Tensor weight, Tensor bias) {
        return BilinearOp.of((Tensor) this, x2, weight, bias);
    }

    /**
     * Scala's {@code this + other}.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor $plus(Tensor other) {
        return add(other);
    }

    /**
     * Scala's {@code this + value}.
     *
     * @param value for every element
     * @return this shape
     */
    default Tensor $plus(double value) {
        return add(value);
    }

    /**
     * Scala's {@code this - other}.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor $minus(Tensor other) {
        return sub(other);
    }

    /**
     * Scala's {@code this - value}.
     *
     * @param value for every element
     * @return this shape
     */
    default Tensor $minus(double value) {
        return sub(value);
    }

    /**
     * Scala's {@code this * other}, element by element.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor $times(Tensor other) {
        return mul(other);
    }

    /**
     * Scala's {@code this * value}.
     *
     * @param value for every element
     * @return this shape
     */
    default Tensor $times(double value) {
        return mul(value);
    }

    /**
     * Scala's {@code this / other}, element by element.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor $div(Tensor other) {
        return div(other);
    }

    /**
     * Scala's {@code this / value}.
     *
     * @param value for every element
     * @return this shape
     */
    default Tensor $div(double value) {
        return div(value);
    }

    /**
     * Scala's {@code -this}.
     *
     * @return this shape
     */
    default Tensor unary_$minus() {
        return neg();
    }
}
