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
        return Reshape.of((Tensor) this, shape);
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
        return Permute.of((Tensor) this, axes);
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

    /**
     * The elements from one place to another along an axis.
     *
     * @param axis the axis; not the rows of a DataFrame
     * @param from the first place, at least 0
     * @param to the place after the last, at most the size of the axis
     * @return this shape with size {@code to - from} on that axis
     * @throws IllegalArgumentException if there are no such places
     */
    default Tensor slice(int axis, int from, int to) {
        return Slice.slice((Tensor) this, axis, from, to);
    }

    /**
     * A number of elements along an axis.
     *
     * @param axis the axis; not the rows of a DataFrame
     * @param start the first place, at least 0
     * @param length how many
     * @return this shape with size {@code length} on that axis
     * @throws IllegalArgumentException if there are no such places
     */
    default Tensor narrow(int axis, int start, int length) {
        return Slice.narrow((Tensor) this, axis, start, length);
    }

    /**
     * Elements picked along an axis: for axis 0 of two, {@code y[i][j] = x[index[i][j]][j]}. The gradient adds up where one was
     * picked several times.
     *
     * @param axis the axis; not the rows of a DataFrame
     * @param index whole numbers from 0 on, of the same rank, and no larger on the other axes
     * @return the shape of the index
     * @throws IllegalArgumentException if the shapes do not fit or a number names no place
     */
    default Tensor gather(int axis, Tensor index) {
        return Gather.of((Tensor) this, axis, index);
    }

    /**
     * Slices picked along an axis, such as rows of a table for axis 0. The gradient adds up where one was picked several
     * times. The index may carry rows of a DataFrame.
     *
     * @param axis the axis; not the rows of a DataFrame
     * @param index whole numbers from 0 on, of any shape
     * @return this shape with the shape of the index in place of that axis
     * @throws IllegalArgumentException if a number names no place
     */
    default Tensor indexSelect(int axis, Tensor index) {
        return IndexSelect.of((Tensor) this, axis, index);
    }

    /**
     * A 1 at the place each element names, 0 elsewhere, along a new last axis. It has no gradient.
     *
     * @param classes the size of the new axis, at least 1
     * @return (..., classes)
     * @throws IllegalArgumentException if an element is no whole number from 0 to {@code classes - 1}
     */
    default Tensor oneHot(int classes) {
        return new OneHot(classes).apply((Tensor) this);
    }

    /**
     * Axes of size 1, and new ones in front, repeated.
     *
     * @param shape the new sizes; -1 leaves an axis as it is
     * @return the new shape
     * @throws IllegalArgumentException if another axis would change
     */
    default Tensor expand(int... shape) {
        return new Expand(shape).apply((Tensor) this);
    }
}
