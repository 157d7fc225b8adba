package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The exponentials of an axis as shares of their sum: positive, adding up to 1.
 *
 * <p>{@code y = e^x / Σ e^x} along one axis
 *
 * <ul>
 *   <li>input: any shape of rank 1 or more
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: an input without that axis. Cost: along axis 0, the rows of a DataFrame, two more passes over the data.
 * Source: PyTorch's {@code nn.Softmax}.
 *
 * <pre>{@code
 * new Softmax().forward(Tensor.of(-1, 2));           // [0.047, 0.953]
 * }</pre>
 */
public final class Softmax extends StandardLayer<Softmax> {
    private static final long serialVersionUID = 1L;

    private final int axis;

    /** Along the last axis. */
    public Softmax() {
        this(-1);
    }

    /**
     * Along an axis.
     *
     * @param axis the axis; negative ones count from the end
     */
    public Softmax(int axis) {
        super(axis);
        this.axis = axis;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.softmax(axis);
    }
}
