package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The last axis as several: of flat vectors images.
 *
 * <ul>
 *   <li>input: (N, ..., product of the sizes)
 *   <li>output: (N, ..., sizes)
 * </ul>
 *
 * <p>Errors: an input whose last size is not the product of the sizes. Source: PyTorch's {@code nn.Unflatten} with
 * {@code dim=-1}.
 *
 * <pre>{@code
 * Tensor pixels = Tensor.rand(2, 784);
 * new Unflatten(1, 28, 28).forward(pixels).shape();     // (2, 1, 28, 28)
 * }</pre>
 */
public final class Unflatten extends StandardLayer<Unflatten> {
    private static final long serialVersionUID = 1L;

    private final int[] sizes;

    /**
     * The last axis as several.
     *
     * @param sizes one size or more, each at least 1
     */
    public Unflatten(int... sizes) {
        super(sizes.clone());
        if (sizes.length == 0) {
            throw new IllegalArgumentException(
                    "Unflatten expects one size or more, got none; give it the sizes of a row");
        }
        for (int size : sizes) {
            Sizes.positive("Unflatten", "sizes", size);
        }
        if (IntStream.of(sizes).asLongStream().reduce(1, (a, b) -> Math.min(a * b, 1L << 31)) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Unflatten expects sizes whose product is at most " + Integer.MAX_VALUE
                    + ", got " + Shape.of(sizes) + "; give it the sizes of one row");
        }
        this.sizes = sizes.clone();
    }

    @Override
    public Tensor forward(Tensor x) {
        Shape shape = x.shape();
        int width = Shape.of(sizes).size();
        if (shape.rank() < 1 || shape.last() != width) {
            throw new IllegalArgumentException("Unflatten expects a last axis of " + width + " for the sizes "
                    + Shape.of(sizes) + ", got shape " + shape + "; give it sizes with that product");
        }
        int kept = shape.rank() - 1;
        int[] dims = Arrays.copyOf(new int[kept], kept + sizes.length);
        for (int axis = 0; axis < kept; axis++) {
            dims[axis] = axis == 0 ? Shape.UNKNOWN : shape.dim(axis);
        }
        System.arraycopy(sizes, 0, dims, kept, sizes.length);
        return x.reshape(dims);
    }

    @Override
    protected int[] inputSizes() {
        int[] built = super.inputSizes();
        return built != null ? built : new int[] {Shape.of(sizes).size()};
    }

    @Override
    public String toString() {
        return "Unflatten" + Shape.of(sizes);
    }
}
