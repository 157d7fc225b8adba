package io.sparknn.tensor;

/** {@code y = 1} where a is at least b, 0 elsewhere. */
final class GreaterOrEqual extends Comparison {
    @Override
    String name() {
        return "ge";
    }

    @Override
    void forward(int n, float[] a, float[] b, float[] y) {
        Choices.get().atLeast(n, a, b, y);
    }
}
