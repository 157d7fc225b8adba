package io.sparknn.tensor;

/** {@code y = 1} where a is below b, 0 elsewhere. */
final class Less extends Comparison {
    @Override
    String name() {
        return "lt";
    }

    @Override
    void forward(int n, float[] a, float[] b, float[] y) {
        Choices.get().above(n, b, a, y);
    }
}
