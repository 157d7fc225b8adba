package io.sparknn.tensor;

/**
 * A tensor seen as lanes along one axis: element s of lane (o, i) is at {@code (o * size + s) * inner + i}.
 */
final class Lanes {
    final int outer;
    final int size;
    final int inner;

    Lanes(Shape shape, int axis) {
        int[] dims = shape.local();
        int before = 1;
        for (int i = 0; i < axis; i++) {
            before *= dims[i];
        }
        outer = before;
        size = dims[axis];
        inner = shape.dropFirst(axis + 1).size();
    }

    /** How many lanes there are. */
    int count() {
        return outer * inner;
    }

    /** Where the given lane starts; its elements follow at steps of inner. */
    int start(int lane) {
        return lane / inner * size * inner + lane % inner;
    }

    /** Subtracts the largest element of each lane, so that e to the power of it cannot overflow. */
    void subtractMax(float[] x, float[] y) {
        for (int lane = 0, lanes = count(); lane < lanes; lane++) {
            int start = start(lane);
            int end = start + size * inner;
            float max = Float.NEGATIVE_INFINITY;
            for (int at = start; at < end; at += inner) {
                max = Math.max(max, x[at]);
            }
            for (int at = start; at < end; at += inner) {
                y[at] = x[at] - max;
            }
        }
    }
}
