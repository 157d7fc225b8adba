package io.sparknn.tensor;

/** What is learnt of a network from a pass that computes shapes only. */
final class ShapeNotes {
    /** Values of a shape pass may be read this often before it counts as a loop that never ends. */
    private static final int MAX_READS = 10_000;

    private int reads;
    private long widestRow;

    /** Notes a tensor. */
    void tensor(Shape shape, int rowAxis) {
        if (rowAxis >= 0) {
            long size = 1;
            for (int axis = 0; axis < shape.rank(); axis++) {
                size *= axis == rowAxis ? 1 : shape.dim(axis);
            }
            widestRow = Math.max(widestRow, size);
        }
    }

    /** Notes that values were read, which there are none of. */
    void read() {
        if (++reads > MAX_READS) {
            throw new IllegalStateException(
                    "forward reads values in a loop that does not end while only shapes are known;"
                            + " bound the loop");
        }
    }

    boolean hasRead() {
        return reads > 0;
    }

    /** The most values that one row takes in any tensor. */
    long widestRow() {
        return widestRow;
    }
}
