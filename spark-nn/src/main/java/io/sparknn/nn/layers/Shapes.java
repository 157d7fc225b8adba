package io.sparknn.nn.layers;

import io.sparknn.tensor.Shape;

/** Shapes known in part. */
final class Shapes {
    private Shapes() {}

    /**
     * What two descriptions of one shape tell together. A shape of two open sizes says nothing, not even how many axes
     * there are.
     */
    static Shape merged(Shape one, Shape other) {
        if (one.rank() != other.rank()) {
            return known(one) >= known(other) ? one : other;
        }
        Shape merged = one;
        for (int axis = 0; axis < one.rank(); axis++) {
            merged = merged.dim(axis) == Shape.UNKNOWN ? merged.with(axis, other.dim(axis)) : merged;
        }
        return merged;
    }

    private static int known(Shape shape) {
        int known = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            known += shape.dim(axis) == Shape.UNKNOWN ? 0 : 1;
        }
        return known;
    }
}
