package io.sparknn.tensor;

/**
 * Comparisons of tensors, element by element with broadcasting: 1 for yes, 0 for no, and without a gradient. And the
 * choices by size, which have one.
 */
interface Comparisons {
    /**
     * 1 where this is above {@code other}, else 0.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor gt(Tensor other) {
        return new Greater().apply((Tensor) this, other);
    }

    /**
     * 1 where this is above {@code value}, else 0.
     *
     * @param value compared with each element, as a float
     * @return this shape
     */
    default Tensor gt(double value) {
        return gt(Tensor.scalar(value));
    }

    /**
     * 1 where this is at least {@code other}, else 0.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor ge(Tensor other) {
        return new GreaterOrEqual().apply((Tensor) this, other);
    }

    /**
     * 1 where this is at least {@code value}, else 0.
     *
     * @param value compared with each element, as a float
     * @return this shape
     */
    default Tensor ge(double value) {
        return ge(Tensor.scalar(value));
    }

    /**
     * 1 where this is below {@code other}, else 0.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor lt(Tensor other) {
        return new Less().apply((Tensor) this, other);
    }

    /**
     * 1 where this is below {@code value}, else 0.
     *
     * @param value compared with each element, as a float
     * @return this shape
     */
    default Tensor lt(double value) {
        return lt(Tensor.scalar(value));
    }

    /**
     * 1 where this is at most {@code other}, else 0.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor le(Tensor other) {
        return new LessOrEqual().apply((Tensor) this, other);
    }

    /**
     * 1 where this is at most {@code value}, else 0.
     *
     * @param value compared with each element, as a float
     * @return this shape
     */
    default Tensor le(double value) {
        return le(Tensor.scalar(value));
    }

    /**
     * 1 where this is equal to {@code other}, else 0.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor eq(Tensor other) {
        return new Equal().apply((Tensor) this, other);
    }

    /**
     * 1 where this is equal to {@code value}, else 0.
     *
     * @param value compared with each element, as a float
     * @return this shape
     */
    default Tensor eq(double value) {
        return eq(Tensor.scalar(value));
    }

    /**
     * 1 where this is not equal to {@code other}, else 0.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor ne(Tensor other) {
        return new NotEqual().apply((Tensor) this, other);
    }

    /**
     * 1 where this is not equal to {@code value}, else 0.
     *
     * @param value compared with each element, as a float
     * @return this shape
     */
    default Tensor ne(double value) {
        return ne(Tensor.scalar(value));
    }

    /**
     * The larger of both, element by element; NaN if one is. Equal ones share the gradient.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor maximum(Tensor other) {
        return new Maximum().apply((Tensor) this, other);
    }

    /**
     * The smaller of both, element by element; NaN if one is. Equal ones share the gradient.
     *
     * @param other of a shape that broadcasts with this one
     * @return the broadcast shape
     */
    default Tensor minimum(Tensor other) {
        return new Minimum().apply((Tensor) this, other);
    }

    /**
     * Each element held between two bounds; a NaN stays. Elements within the bounds, bounds included, pass the gradient.
     *
     * @param min the lower bound; {@code Double.NEGATIVE_INFINITY} for none
     * @param max the upper bound, which wins if it is below {@code min}; {@code Double.POSITIVE_INFINITY} for none
     * @return this shape
     */
    default Tensor clamp(double min, double max) {
        return new Clamp(min, max).apply((Tensor) this);
    }
}
