package io.sparknn.nn.layers;

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
