package io.sparknn.tensor;

/**
 * Maxima of squares of two by two elements side by side, by far the most usual pooling; all kernels give the same bits.
 *
 * <p>Planes of (height, width) lie one behind the other, those of squares have half as many lines and columns; an odd last
 * line or column is in none.
 */
abstract class Squares {
    /** The kernel of this JVM. */
    static Squares get() {
        return Chosen.SQUARES;
    }

    /** Writes the largest element of each square. */
    abstract void largest(int planes, int height, int width, float[] x, float[] y);

    /** Adds the gradient of each square to the first of its largest elements, in the order of lines; of NaN to the last. */
    abstract void spread(int planes, int height, int width, float[] x, float[] y, float[] gy, float[] gx);

    /** Defers the choice to the first use. */
    private static final class Chosen {
        static final Squares SQUARES = "plain".equals(Gemm.get().name())
                ? new PlainSquares()
                : Kernels.load("VectorSquares", Squares.class, PlainSquares::new);
    }
}
