package io.sparknn.tensor;

/** Operations that move elements without computing. */
interface Shaping {
    /**
     * The same elements in another shape.
     *
     * @param shape the new sizes; one may be -1, to be computed from the others. A tensor of rows keeps its row axis in
     *     front: the first size is -1, or the number of rows
     * @return the new shape
     * @throws IllegalArgumentException if the number of elements differs
     */
    default Tensor reshape(int... shape) {
        return new Reshape(shape).apply((Tensor) this);
    }

    /**
     * All axes from one on as a single axis.
     *
     * @param startAxis the first axis to be merged
     * @return rank {@code startAxis + 1}
     */
    default Tensor flatten(int startAxis) {
        return Reshape.flatten((Tensor) this, startAxis);
    }

    /**
     * The axes in another order.
     *
     * @param axes the old axis for each new one
     * @return the permuted shape
     */
    default Tensor permute(int... axes) {
        return new Permute(axes).apply((Tensor) this);
    }

    /**
     * Two axes exchanged.
     *
     * @param first one axis
     * @param second the other
     * @return the permuted shape
     */
    default Tensor transpose(int first, int second) {
        return Permute.swap((Tensor) this, first, second);
    }

    /**
     * A new axis of size 1.
     *
     * @param axis its place in the result, counted from the end of the result if negative
     * @return one rank more
     */
    default Tensor unsqueeze(int axis) {
        return Reshape.unsqueeze((Tensor) this, axis);
    }

    /**
     * The shape without an axis of size 1.
     *
     * @param axis the axis
     * @return one rank less, or the same shape if that axis has another size
     */
    default Tensor squeeze(int axis) {
        return Reshape.squeeze((Tensor) this, axis);
    }
}
