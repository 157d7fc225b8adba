package io.sparknn.nn.layers;

import io.sparknn.tensor.Shape;
import java.util.Arrays;

/** Sizes of the last axes of an input, which are normalised together. */
final class LastAxes {
    private final Shape sizes;

    LastAxes(String layer, int... sizes) {
        if (sizes.length == 0) {
            throw new IllegalArgumentException(
                    layer + " expects a normalizedShape of one size or more, got none; give it the last size");
        }
        for (int size : sizes) {
            Sizes.positive(layer, "normalizedShape", size);
        }
        this.sizes = Shape.of(sizes);
    }

    int[] sizes() {
        return sizes.dims();
    }

    /** The sizes of a row, if they are told by the last one: several axes may have others before them. */
    int[] inputSizes() {
        return sizes.rank() == 1 ? sizes.dims() : null;
    }

    void require(String who, Shape input) {
        int before = input.rank() - sizes.rank();
        if (before < 0 || !input.dropFirst(before).equals(sizes)) {
            throw new IllegalArgumentException(who + " expects an input whose last sizes are " + sizes + ", got shape "
                    + input + "; give it these sizes, or let its lazy twin find them");
        }
    }

    /** The last sizes of an input to be, behind the rows. */
    static int[] of(String who, int axes, Shape input) {
        boolean deep = input.rank() > axes;
        Shape last = deep ? input.dropFirst(input.rank() - axes) : input;
        if (!deep || !last.isKnown() || last.size() < 1) {
            throw new IllegalArgumentException(who + " expects an input with " + axes + " known axes of size 1 or more"
                    + " behind the rows, got shape " + input + "; normalise fewer axes, or name another column");
        }
        return last.dims();
    }

    /** The shape of a weight for an input known in part. */
    static Shape ofWeight(int axes, Shape input) {
        int[] unknown = new int[axes];
        Arrays.fill(unknown, Shape.UNKNOWN);
        return input.rank() > axes ? input.dropFirst(input.rank() - axes) : Shape.of(unknown);
    }

    @Override
    public String toString() {
        return sizes.toString();
    }
}
