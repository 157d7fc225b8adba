package io.sparknn.tensor;

/**
 * A right operand in the layout its kernel reads; never changes once packed, so threads share it.
 *
 * <p>Only the kernel that packed it can multiply by it.
 */
final class PackedMatrix {
    final Gemm kernel;
    final int k;
    final int n;
    final float[][] parts;

    PackedMatrix(Gemm kernel, int k, int n, float[][] parts) {
        this.kernel = kernel;
        this.k = k;
        this.n = n;
        this.parts = parts;
    }
}
