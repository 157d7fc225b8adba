package io.sparknn.tensor;

/**
 * {@code y = x · wᵀ + b} over the last axis, the heart of Linear: one product, then the bias in the same array;
 * {@code dx = dy · w}, {@code dw = dyᵀ · x}, {@code db = Σ dy}.
 */
final class Affine extends Operation {
    /** Below this many columns, going down each of them takes less time than loops over so few. */
    private static final int NARROW = 8;

    Affine() {}

    static Tensor of(Tensor x, Tensor weight, Tensor bias) {
        return bias == null ? new Affine().apply(x, weight) : new Affine().apply(x, weight, bias);
    }

    @Override
    String name() {
        return "linear";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape x = in[0].localShape();
        Shape weight = in[1].localShape();
        if (x.rank() < 1 || weight.rank() != 2) {
            throw new IllegalArgumentException(
                    "linear of " + shapes(in) + " expects an input of rank 1 or more and a" + " weight of rank 2");
        }
        if (x.last() != weight.dim(1)) {
            throw new IllegalArgumentException("linear of " + shapes(in) + ": the input has " + x.last()
                    + " features, the weight is for " + weight.dim(1));
        }
        if (in.length > 2 && !in[2].localShape().equals(Shape.of(weight.dim(0)))) {
            throw new IllegalArgumentException(
                    "linear of " + shapes(in) + " expects a bias of (" + weight.dim(0) + ")");
        }
        return x.with(-1, weight.dim(0));
    }

    @Override
    Tensor[] values(Lengths lengths, Tensor... in) {
        return onlyFlat(1, in);
    }

    @Override
    int rowAxis(Tensor... in) {
        boolean onlyInput = in[1].rowAxis() < 0 && (in.length < 3 || in[2].rowAxis() < 0);
        if (!onlyInput || in[0].rowAxis() == in[0].localShape().rank() - 1) {
            throw mixesRows(in);
        }
        return in[0].rowAxis();
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        int k = in[1].localShape().dim(1);
        int n = in[1].localShape().dim(0);
        int m = k == 0 ? in[0].localShape().with(-1, 1).size() : in[0].localSize() / k;
        Gemm gemm = Gemm.get();
        if (MatMul.isConstant(in[1])) {
            multiply(gemm, m, in[0].values(), in[1].packed(k, n, 1, k), y);
        } else {
            gemm.multiply(m, n, k, in[0].values(), 0, k, 1, in[1].values(), 0, 1, k, y, 0, false);
        }
        if (in.length > 2) {
            addBias(m, n, in[2].values(), y);
        }
    }

    /** By what the rows store, if they are those of a block that was read from sparse ones. */
    private static void multiply(Gemm gemm, int m, float[] x, PackedMatrix weights, float[] y) {
        SparseRows rows = Pass.current().sparseRows(x, weights.k);
        if (rows == null) {
            gemm.multiply(m, x, 0, weights.k, 1, weights, y, 0, false);
        } else {
            SparseProduct.multiply(gemm, m, x, weights, rows, y);
        }
    }

    private static void addBias(int m, int n, float[] bias, float[] y) {
        if (n < NARROW) {
            for (int j = 0; j < n; j++) {
                for (int i = j; i < m * n; i += n) {
                    y[i] += bias[j];
                }
            }
            return;
        }
        Lines lines = Lines.get();
        for (int i = 0; i < m; i++) {
            lines.add(n, bias, 0, y, i * n);
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        int k = in[1].localShape().dim(1);
        int n = in[1].localShape().dim(0);
        int m = n == 0 ? 0 : gy.length / n;
        Gemm gemm = Gemm.get();
        if (gradients[0] != null) {
            gemm.multiply(m, k, n, gy, 0, n, 1, in[1].values(), 0, k, 1, gradients[0], 0, true);
        }
        if (gradients[1] != null) {
            gemm.multiply(n, k, m, gy, 0, 1, n, in[0].values(), 0, k, 1, gradients[1], 0, true);
        }
        if (in.length > 2 && gradients[2] != null) {
            Broadcast.reduce(gy, Shape.of(m, n), gradients[2], Shape.of(n));
        }
    }
}
