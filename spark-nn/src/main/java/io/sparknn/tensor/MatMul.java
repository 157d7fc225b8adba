package io.sparknn.tensor;

import java.util.Arrays;

/**
 * {@code y = a · b} over the last two axes, leading axes broadcast; {@code da = dy · bᵀ}, {@code db = aᵀ · dy}.
 *
 * <p>A right operand of rank 2 makes one product of all leading axes of the left one. Rows may lie on any axis but the
 * inner one; a product over rows, as in {@code xᵀ · x}, is a {@link RowMatMul reduction over rows}.
 */
final class MatMul extends Operation {
    private Batches batches;

    static Tensor of(Tensor left, Tensor right) {
        Tensor a = left.localShape().rank() == 1 ? left.unsqueeze(0) : left;
        Tensor b = right.localShape().rank() == 1 ? right.unsqueeze(1) : right;
        Tensor y = overRows(a, b) ? new RowMatMul().apply(a, b) : new MatMul().apply(a, b);
        y = right.localShape().rank() == 1 ? y.squeeze(-1) : y;
        return left.localShape().rank() == 1 ? y.squeeze(right.localShape().rank() == 1 ? -1 : -2) : y;
    }

    private static boolean overRows(Tensor a, Tensor b) {
        return a.rowAxis() >= 0
                && a.rowAxis() == a.localShape().rank() - 1
                && b.rowAxis() >= 0
                && b.rowAxis() == b.localShape().rank() - 2;
    }

    @Override
    String name() {
        return "matmul";
    }

    @Override
    Shape shape(Tensor... in) {
        return checkedShape(name(), in);
    }

    static Shape checkedShape(String name, Tensor... in) {
        Shape a = in[0].localShape();
        Shape b = in[1].localShape();
        if (a.rank() < 2 || b.rank() < 2) {
            throw new IllegalArgumentException(
                    name + " of " + shapes(in) + ": a scalar has no axis to multiply over;" + " use mul");
        }
        if (a.dim(-1) != b.dim(-2)) {
            throw new IllegalArgumentException(
                    name + " of " + shapes(in) + ": inner sizes " + a.dim(-1) + " and " + b.dim(-2) + " differ");
        }
        return Batches.shape(name, in);
    }

    /** A matrix on the right multiplies each element of a row; other products would pair elements. */
    @Override
    Tensor[] values(Lengths lengths, Tensor... in) {
        if (in[1].localShape().rank() != 2 || in[0].localShape().rank() < 3) {
            throw refusesLengths(in);
        }
        return onlyFlat(1, in);
    }

    @Override
    int rowAxis(Tensor... in) {
        int rank = Math.max(in[0].localShape().rank(), in[1].localShape().rank());
        int a = fromEnd(in[0]);
        int b = fromEnd(in[1]);
        boolean inner = a == 1 || b == 2;
        boolean apart = a > 0 && b > 0 && (a != b || a < 3);
        boolean mixed = (a > 2 && b == 0 && varies(in[1], a)) || (b > 2 && a == 0 && varies(in[0], b));
        if (inner || apart || mixed) {
            throw mixesRows(in);
        }
        return rank - Math.max(a, b);
    }

    /** The row axis counted from the end, 1 for the last one; 0 for a tensor without rows. */
    private static int fromEnd(Tensor tensor) {
        return tensor.rowAxis() < 0 ? 0 : tensor.localShape().rank() - tensor.rowAxis();
    }

    private static boolean varies(Tensor tensor, int fromEnd) {
        return tensor.localShape().rank() >= fromEnd && tensor.localShape().dim(-fromEnd) != 1;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        batches = new Batches(in[0].localShape(), in[1].localShape());
        int m = batches.m;
        int k = batches.k;
        int n = batches.n;
        Gemm gemm = Gemm.get();
        float[] a = in[0].values();
        if (batches.rightIsShared && isConstant(in[1])) {
            gemm.multiply(m, a, 0, k, 1, in[1].packed(k, n, n, 1), y, 0, false);
            return;
        }
        float[] b = in[1].values();
        for (int i = 0; i < batches.count; i++) {
            gemm.multiply(m, n, k, a, batches.left[i], k, 1, b, batches.right[i], n, 1, y, i * m * n, false);
        }
    }

    /** Whether a packed copy is worth keeping: a parameter or the like while nothing trains it. */
    static boolean isConstant(Tensor tensor) {
        return tensor.isConstant() && Pass.current().keepsPacked();
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        int m = batches.m;
        int k = batches.k;
        int n = batches.n;
        Gemm gemm = Gemm.get();
        for (int i = 0; i < batches.count; i++) {
            if (gradients[0] != null) {
                float[] b = in[1].values();
                gemm.multiply(
                        m, k, n, gy, i * m * n, n, 1, b, batches.right[i], 1, n, gradients[0], batches.left[i], true);
            }
            if (gradients[1] != null) {
                float[] a = in[0].values();
                gemm.multiply(
                        k, n, m, a, batches.left[i], 1, k, gy, i * m * n, n, 1, gradients[1], batches.right[i], true);
            }
        }
    }

    /** How two stacks of matrices meet: sizes of one product, and where each one starts in both arrays. */
    private static final class Batches {
        private final int m;
        private final int k;
        private final int n;
        private final int count;
        private final boolean rightIsShared;
        private final int[] left;
        private final int[] right;

        Batches(Shape a, Shape b) {
            k = a.dim(-1);
            n = b.dim(-1);
            rightIsShared = b.rank() == 2;
            int rows = a.dim(-2);
            if (rightIsShared) {
                m = Shape.of(Arrays.copyOf(a.local(), a.rank() - 1)).size();
                count = 1;
                left = new int[1];
                right = new int[1];
                return;
            }
            m = rows;
            int[] batch = batchDims(a, b);
            count = Shape.of(batch).size();
            left = offsets(a, batch, m * k);
            right = offsets(b, batch, k * n);
        }

        static Shape shape(String name, Tensor... in) {
            Shape a = in[0].localShape();
            Shape b = in[1].localShape();
            int[] batch;
            try {
                batch = batchDims(a, b);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + " of " + shapes(in) + ": leading axes do not broadcast", e);
            }
            int[] dims = Arrays.copyOf(batch, batch.length + 2);
            dims[batch.length] = a.dim(-2);
            dims[batch.length + 1] = b.dim(-1);
            return Shape.of(dims);
        }

        private static int[] batchDims(Shape a, Shape b) {
            int rank = Math.max(a.rank(), b.rank()) - 2;
            int[] dims = new int[rank];
            for (int axis = 0; axis < rank; axis++) {
                int fromEnd = rank - axis + 2;
                int left = a.rank() >= fromEnd ? a.dim(-fromEnd) : 1;
                int right = b.rank() >= fromEnd ? b.dim(-fromEnd) : 1;
                if (left != right && left != 1 && right != 1) {
                    throw new IllegalArgumentException("sizes " + left + " and " + right);
                }
                dims[axis] = left == 1 ? right : left;
            }
            return dims;
        }

        private static int[] offsets(Shape shape, int[] batch, int step) {
            int[] offsets = new int[Shape.of(batch).size()];
            for (int i = 0; i < offsets.length; i++) {
                int rest = i;
                int stride = step;
                for (int axis = batch.length - 1; axis >= 0; axis--) {
                    int fromEnd = batch.length - axis + 2;
                    int size = shape.rank() >= fromEnd ? shape.dim(-fromEnd) : 1;
                    offsets[i] += size == 1 ? 0 : rest % batch[axis] * stride;
                    rest /= batch[axis];
                    stride *= size;
                }
            }
            return offsets;
        }
    }
}
