package io.sparknn.nn.layers;

import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.Arrays;

/**
 * Several axes as one: of images a vector, for a linear layer.
 *
 * <ul>
 *   <li>input: (N, ...) of a rank that has both axes
 *   <li>output: the sizes from startAxis to endAxis as their product, so by default (N, product of all others)
 * </ul>
 *
 * <p>Errors: an input without these axes; a DataFrame whose rows would be merged, as with startAxis 0. Source: PyTorch's
 * {@code nn.Flatten}.
 *
 * <pre>{@code
 * Tensor images = Tensor.rand(2, 1, 28, 28);
 * new Flatten().forward(images).shape();      // (2, 784)
 * }</pre>
 */
public final class Flatten extends StandardLayer<Flatten> {
    private static final long serialVersionUID = 1L;

    private final int startAxis;
    private final int endAxis;

    /** All axes but the rows as one. */
    public Flatten() {
        this(1);
    }

    /**
     * All axes from one on as one.
     *
     * @param startAxis the first axis merged; negative ones count from the end
     */
    public Flatten(int startAxis) {
        this(startAxis, -1);
    }

    /**
     * The axes from one to another as one.
     *
     * @param startAxis the first axis merged; negative ones count from the end
     * @param endAxis the last axis merged; negative ones count from the end
     */
    public Flatten(int startAxis, int endAxis) {
        super(startAxis, endAxis);
        if (startAxis >= 0 == endAxis >= 0 && startAxis > endAxis) {
            throw new IllegalArgumentException("Flatten expects startAxis not behind endAxis, got " + startAxis
                    + " and " + endAxis + "; exchange them");
        }
        this.startAxis = startAxis;
        this.endAxis = endAxis;
    }

    /** Rows of one size, also in arrays of arrays: axes of different length do not become one. */
    @Override
    public Reading reading(int input, int count) {
        return Reading.grid();
    }

    @Override
    public Tensor forward(Tensor x) {
        int rank = x.shape().rank();
        int start = startAxis < 0 ? startAxis + rank : startAxis;
        int end = endAxis < 0 ? endAxis + rank : endAxis;
        if (start < 0 || end >= rank || start > end) {
            throw new IllegalArgumentException("Flatten expects an input with the axes " + startAxis + " to " + endAxis
                    + " in this order, got shape " + x.shape() + "; give it axes that the input has");
        }
        return end == rank - 1 ? x.flatten(start) : merged(x, start, end);
    }

    private static Tensor merged(Tensor x, int start, int end) {
        Shape shape = x.shape();
        int[] dims = new int[shape.rank() - (end - start)];
        Arrays.fill(dims, 1);
        for (int axis = 0; axis < shape.rank(); axis++) {
            int to = axis <= start ? axis : Math.max(start, axis - (end - start));
            // The number of rows is left open: in a DataFrame asking for it would cost a pass over the data.
            boolean rows = axis == 0 && start > 0;
            dims[to] = rows ? Shape.UNKNOWN : dims[to] * shape.dim(axis);
        }
        return x.reshape(dims);
    }
}
