package io.sparknn.tensor;

/**
 * {@code y_k = x1ᵀ · W_k · x2 + b_k} over the last axes; with {@code t_ki = Σ_j W_kij x2_j}, which is one matrix product,
 * {@code y_k = Σ_i t_ki x1_i + b_k}. Rows must lie on the same axis of both inputs, and of no parameter.
 */
final class BilinearOp extends Operation {
    private float[] t;
    private int rows;
    private int k;
    private int m;
    private int n;

    BilinearOp() {}

    static Tensor of(Tensor x1, Tensor x2, Tensor weight, Tensor bias) {
        return bias == null ? new BilinearOp().apply(x1, x2, weight) : new BilinearOp().apply(x1, x2, weight, bias);
    }

    @Override
    String name() {
        return "bilinear";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape x1 = in[0].localShape();
        Shape x2 = in[1].localShape();
        Shape weight = in[2].localShape();
        if (x1.rank() < 1
                || weight.rank() != 3
                || x2.rank() != x1.rank()
                || !x1.with(-1, 0).equals(x2.with(-1, 0))) {
            throw new IllegalArgumentException("bilinear of " + shapes(in)
                    + " expects two inputs that differ in their last" + " axis only, and a weight of rank 3");
        }
        k = weight.dim(0);
        m = weight.dim(1);
        n = weight.dim(2);
        if (x1.last() != m || x2.last() != n) {
            throw new IllegalArgumentException("bilinear of " + shapes(in) + ": the inputs have " + x1.last() + " and "
                    + x2.last() + " features, the weight is for " + m + " and " + n);
        }
        if (in.length > 3 && !in[3].localShape().equals(Shape.of(k))) {
            throw new IllegalArgumentException("bilinear of " + shapes(in) + " expects a bias of (" + k + ")");
        }
        rows = x1.with(-1, 1).size();
        return x1.with(-1, k);
    }

    @Override
    Tensor[] values(Lengths lengths, Tensor... in) {
        return onlyFlat(2, in);
    }

    @Override
    int rowAxis(Tensor... in) {
        int axis = in[0].rowAxis();
        boolean last = axis == in[0].localShape().rank() - 1;
        boolean parameters = in[2].rowAxis() >= 0 || (in.length > 3 && in[3].rowAxis() >= 0);
        if (axis != in[1].rowAxis() || last || parameters) {
            throw mixesRows(in);
        }
        return axis;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        t = Pass.current().allocate(rows * k * m);
        float[] x1 = in[0].values();
        Gemm gemm = Gemm.get();
        if (MatMul.isConstant(in[2])) {
            gemm.multiply(rows, in[1].values(), 0, n, 1, in[2].packed(n, k * m, 1, n), t, 0, false);
        } else {
            gemm.multiply(rows, k * m, n, in[1].values(), 0, n, 1, in[2].values(), 0, 1, n, t, 0, false);
        }
        float[] bias = in.length > 3 ? in[3].values() : new float[k];
        for (int row = 0; row < rows; row++) {
            for (int out = 0; out < k; out++) {
                int from = (row * k + out) * m;
                float sum = 0;
                for (int i = 0; i < m; i++) {
                    sum += t[from + i] * x1[row * m + i];
                }
                y[row * k + out] = sum + bias[out];
            }
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] x1 = in[0].values();
        float[] gt = Pass.current().allocate(rows * k * m);
        for (int row = 0; row < rows; row++) {
            for (int out = 0; out < k; out++) {
                int at = (row * k + out) * m;
                float g = gy[row * k + out];
                for (int i = 0; i < m; i++) {
                    gt[at + i] = g * x1[row * m + i];
                }
                for (int i = 0; gradients[0] != null && i < m; i++) {
                    gradients[0][row * m + i] += g * t[at + i];
                }
            }
        }
        Gemm gemm = Gemm.get();
        if (gradients[1] != null) {
            gemm.multiply(rows, n, k * m, gt, 0, k * m, 1, in[2].values(), 0, n, 1, gradients[1], 0, true);
        }
        if (gradients[2] != null) {
            gemm.multiply(k * m, n, rows, gt, 0, 1, k * m, in[1].values(), 0, n, 1, gradients[2], 0, true);
        }
        if (in.length > 3 && gradients[3] != null) {
            Broadcast.reduce(gy, Shape.of(rows, k), gradients[3], Shape.of(k));
        }
    }
}
