package io.sparknn.tensor;

/** {@code y = 1} where a is above b, 0 elsewhere. */
final class Greater extends Comparison {
    @Override
    String name() {
        return "gt";
    }

    @Override
    void forward(int n, float[] a, float[] b, float[] y) {
        Choices.get().above(n, a, b, y);
    }
}
