package io.sparknn.optim;

/** Bounds on gradients, over slices of a flat array. */
public final class GradientClipping {
    private static final double EPSILON = 1e-6;

    private GradientClipping() {}

    /**
     * What a slice contributes to the square of the norm of all gradients; contributions add up.
     *
     * @param gradients all gradients
     * @param from the first index of the slice
     * @param to the index after the last
     * @return the sum of squares, in double
     */
    public static double sumOfSquares(float[] gradients, int from, int to) {
        return Vectors.dot(gradients, gradients, from, to);
    }

    /**
     * Scales a slice of the gradients so that the norm of all of them is at most {@code maxNorm}; shorter ones stay as they
     * are.
     *
     * <p>{@code g = g · min(1, maxNorm / (√sumOfSquares + 1e-6))}. Source: PyTorch's {@code clip_grad_norm_}.
     *
     * @param gradients all gradients, changed in place
     * @param from the first index of the slice
     * @param to the index after the last
     * @param maxNorm the largest norm, above 0
     * @param sumOfSquares of all gradients, the sum of what {@link #sumOfSquares} gives for each slice
     * @throws IllegalArgumentException if the largest norm is not above 0
     */
    public static void byNorm(float[] gradients, int from, int to, double maxNorm, double sumOfSquares) {
        Ranges.positive("clipping by norm", "a norm", maxNorm);
        float factor = (float) Math.min(1, maxNorm / (Math.sqrt(sumOfSquares) + EPSILON));
        for (int i = from; i < to; i++) {
            gradients[i] *= factor;
        }
    }

    /**
     * Holds every gradient of a slice between {@code -limit} and {@code limit}; a NaN stays.
     *
     * @param gradients all gradients, changed in place
     * @param from the first index of the slice
     * @param to the index after the last
     * @param limit the largest size, above 0
     * @throws IllegalArgumentException if the limit is not above 0
     */
    public static void byValue(float[] gradients, int from, int to, double limit) {
        float bound = (float) Ranges.positive("clipping by value", "a limit", limit);
        for (int i = from; i < to; i++) {
            gradients[i] = Math.min(Math.max(gradients[i], -bound), bound);
        }
    }
}
