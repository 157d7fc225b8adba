package io.sparknn.onnx;

import java.util.Arrays;

/** Whole numbers in a graph that say sizes and places; one of them may stand for the number of rows. */
final class Integers {
    /** Stands for the number of rows, which a layer does not ask for: asking costs a pass over all data. */
    static final long ROWS = Long.MIN_VALUE;

    private final long[] values;
    private final boolean scalar;

    Integers(boolean scalar, long... values) {
        this.scalar = scalar;
        this.values = values.clone();
    }

    long[] values() {
        return values.clone();
    }

    boolean isScalar() {
        return scalar;
    }

    int size() {
        return values.length;
    }

    /** As sizes or axes; none of them may be the number of rows. */
    int[] ints(GraphNode node) {
        return Arrays.stream(values)
                .mapToInt(value -> {
                    if (value == ROWS) {
                        throw node.refused("numbers that do not depend on how many rows there are");
                    }
                    // ends of slices may be as large as it gets
                    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
                })
                .toArray();
    }

    static boolean hasRows(long... values) {
        return Arrays.stream(values).anyMatch(value -> value == ROWS);
    }
}
