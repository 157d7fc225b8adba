package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The logarithm of {@link Softmax}, without overflow.
 *
 * <p>{@code y = x - log(Σ e^x)} along one axis
 *
 * <ul>
 *   <li>input: any shape of rank 1 or more
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: an input without that axis. Cost: along axis 0, the rows of a DataFrame, two more passes over the data.
 * Source: PyTorch's {@code nn.LogSoftmax}.
 *
 * <pre>{@code
 * new LogSoftmax().forward(Tensor.of(-1, 2));        // [-3.049, -0.049]
 * }</pre>
 */
public final class LogSoftmax extends StandardLayer<LogSoftmax> {
    private static final long serialVersionUID = 1L;

    private final int axis;

    /** Along the last axis. */
    public LogSoftmax() {
        this(-1);
    }

    /**
     * Along an axis.
     *
     * @param axis the axis; negative ones count from the end
     */
    public LogSoftmax(int axis) {
        super(axis);
        this.axis = axis;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.logSoftmax(axis);
    }
}
