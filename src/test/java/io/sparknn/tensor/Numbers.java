package io.sparknn.tensor;

/** Numbers for tests: the same in each run. */
final class Numbers {
    private Numbers() {}

    /**
     * Distinct multiples of 1/4 around 0, shifted, in an order without order. Kinks at 0, between elements and at
     * multiples of 1/4 stay 1/8 away from a shift of 1/8, and steps of a power of two are added to them without rounding.
     */
    static Tensor apart(double shift, int... shape) {
        int n = Shape.of(shape).size();
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) ((i - n / 2) * 0.25 + shift);
        }
        shuffle(values, RandomStream.of(n, "apart" + shift));
        return Tensor.of(values, Shape.of(shape));
    }

    /** Normal numbers. */
    static Tensor normal(long seed, int... shape) {
        RandomStream stream = RandomStream.of(seed, "normal");
        float[] values = new float[Shape.of(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = stream.normal();
        }
        return Tensor.of(values, Shape.of(shape));
    }

    private static void shuffle(float[] values, RandomStream stream) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = (int) stream.uniform(0, i + 1);
            float swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
