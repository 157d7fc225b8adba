package io.sparknn.tensor;

/** {@code y = 1} where a is at most b, 0 elsewhere. */
final class LessOrEqual extends Comparison {
    @Override
    String name() {
        return "le";
    }

    @Override
    void forward(int n, float[] a, float[] b, float[] y) {
        Choices.get().atLeast(n, b, a, y);
    }
}
