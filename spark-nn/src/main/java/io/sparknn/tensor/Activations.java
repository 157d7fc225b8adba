package io.sparknn.tensor;

/** The activation functions of tensors, element by element unless an axis is given. */
interface Activations {
    /**
     * The rectifier {@code max(x, 0)}.
     *
     * @return this shape
     */
    default Tensor relu() {
        return new Relu().apply((Tensor) this);
    }
}
