package io.sparknn.tensor;

/** Stretches of arrays merged element by element; all kernels give the same bits. */
abstract class Lines {
    /** The kernel of this JVM. */
    static Lines get() {
        return Chosen.LINES;
    }

    /** {@code to[toOffset + i] += from[fromOffset + i]} for i below n, of different arrays. */
    abstract void add(int n, float[] from, int fromOffset, float[] to, int toOffset);

    /** {@code to[toOffset + i] = max(to[toOffset + i], from[fromOffset + i])} for i below n, of different arrays. */
    abstract void max(int n, float[] from, int fromOffset, float[] to, int toOffset);

    /** Defers the choice to the first use. */
    private static final class Chosen {
        static final Lines LINES = "plain".equals(Gemm.get().name())
                ? new PlainLines()
                : Kernels.load("VectorLines", Lines.class, PlainLines::new);
    }
}
