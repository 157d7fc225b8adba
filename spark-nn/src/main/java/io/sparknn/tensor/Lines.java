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

    /**
     * {@code to[toOffset + i * n + j] = from[fromOffset + i * pitch + j]} for j below n on so many lines, of different
     * arrays.
     */
    abstract void copy(int lines, int n, float[] from, int fromOffset, int pitch, float[] to, int toOffset);

    /**
     * {@code to[toOffset + i * pitch + j] += from[fromOffset + i * n + j]} for j below n on so many lines, of different
     * arrays.
     */
    abstract void add(int lines, int n, float[] from, int fromOffset, float[] to, int toOffset, int pitch);

    /** Defers the choice to the first use. */
    private static final class Chosen {
        static final Lines LINES = "plain".equals(Gemm.get().name())
                ? new PlainLines()
                : Kernels.load("VectorLines", Lines.class, PlainLines::new);
    }
}
