package io.sparknn.tensor;

/** A packed matrix and the array it was packed from: a changed parameter has another array, so it meets no stale pack. */
final class PackedWeights {
    private final float[] source;
    private final int rowStride;
    private final PackedMatrix matrix;

    PackedWeights(float[] source, int rowStride, PackedMatrix matrix) {
        this.source = source;
        this.rowStride = rowStride;
        this.matrix = matrix;
    }

    boolean fits(float[] values, int k, int n, int stride) {
        return values == source && stride == rowStride && matrix.k == k && matrix.n == n;
    }

    PackedMatrix matrix() {
        return matrix;
    }
}
