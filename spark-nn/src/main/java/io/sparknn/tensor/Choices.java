package io.sparknn.tensor;

/**
 * Choices between elements without a branch for each: what decides is as good as random, and a branch guessed wrong costs
 * ten times the work.
 */
abstract class Choices {
    /** The loops of this JVM. */
    static Choices get() {
        return Chosen.CHOICES;
    }

    /** Adds g[i] to sum[i] wherever x[i] is not 0; a NaN is not. */
    abstract void addWhereNotZero(int n, float[] x, float[] g, float[] sum);

    /** y[i] = 1 where a[i] is at least b[i], else 0. */
    abstract void atLeast(int n, float[] a, float[] b, float[] y);

    /** y[i] = 1 where a[i] is above b[i], else 0. */
    abstract void above(int n, float[] a, float[] b, float[] y);

    /** Defers the choice to the first use. */
    private static final class Chosen {
        static final Choices CHOICES = "plain".equals(System.getProperty("sparknn.gemm"))
                ? new PlainChoices()
                : Kernels.load("VectorChoices", Choices.class, PlainChoices::new);
    }
}
