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
}
