package io.sparknn.nn.layers;

import io.sparknn.tensor.Shape;
import java.util.Arrays;

/** Checks of constructor arguments. */
final class Sizes {
    private Sizes() {}

    static int positive(String layer, String name, int size) {
        if (size < 1) {
            throw new IllegalArgumentException(
                    layer + " expects " + name + " of 1 or more, got " + size + "; give it a size");
        }
        return size;
    }

    /** One number for each of so many axes; a single one stands for all of them. */
    static int[] each(String layer, String name, int axes, int least, int... sizes) {
        if (sizes.length != 1 && sizes.length != axes) {
            throw new IllegalArgumentException(layer + " expects " + name + " as one number or " + axes + ", got "
                    + sizes.length + "; give it one for all axes or one for each");
        }
        int[] each = new int[axes];
        for (int axis = 0; axis < axes; axis++) {
            each[axis] = sizes[sizes.length == 1 ? 0 : axis];
            if (each[axis] < least) {
                throw new IllegalArgumentException(layer + " expects " + name + " of " + least + " or more, got "
                        + each[axis] + "; give it a size");
            }
        }
        return each;
    }

    /** A single number where all are equal. */
    static String text(int... sizes) {
        boolean equal = Arrays.stream(sizes).allMatch(size -> size == sizes[0]);
        return equal ? String.valueOf(sizes[0]) : Shape.of(sizes).toString();
    }

    static double finite(String layer, String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    layer + " expects " + name + " to be a finite number, got " + value + "; give it a value");
        }
        return value;
    }

    static double above0(String layer, String name, double value) {
        if (!(finite(layer, name, value) > 0)) {
            throw new IllegalArgumentException(
                    layer + " expects " + name + " above 0, got " + value + "; give it a positive value");
        }
        return value;
    }
}
