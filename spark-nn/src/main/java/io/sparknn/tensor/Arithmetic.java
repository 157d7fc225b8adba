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
        return new Add().apply((Tensor) this, other);
    }

    /**
     * {@code this + value}.
     *
     * @param value added to each element, as a float
     * @return this shape
     */
    default Tensor add(double value) {
        return add(Tensor.scalar(value));
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
        return sub(Tensor.scalar(value));
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
        return mul(Tensor.scalar(value));
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
        return div(Tensor.scalar(value));
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
     * Scala's {@code this + other}.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor $plus(Tensor other) {
        return add(other);
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
     * Scala's {@code this * other}, element by element.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor $times(Tensor other) {
        return mul(other);
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
}
