package io.sparknn.tensor;

/**
 * {@code y = a · b} where the inner axis holds the rows of a DataFrame, as in {@code xᵀ · x}: a sum over all rows, kept
 * in two doubles a value.
 */
final class RowMatMul extends Operation {
    private String overRows;

    @Override
    String name() {
        return "matmul";
    }

    @Override
    Shape shape(Tensor... in) {
        if (in[0].localShape().rank() != 2 || in[1].localShape().rank() != 2) {
            throw mixesRows(in);
        }
        return MatMul.checkedShape(name(), in);
    }

    @Override
    int rowAxis(Tensor... in) {
        return -1;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        int m = in[0].localShape().dim(0);
        int rows = in[0].localShape().dim(1);
        int n = in[1].localShape().dim(1);
        float[] a = in[0].values();
        float[] b = in[1].values();
        double[] state = new double[2 * m * n];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < m; i++) {
                double left = a[i * rows + row];
                for (int j = 0; j < n; j++) {
                    TwoSum.add(state, 2 * (i * n + j), left * b[row * n + j]);
                }
            }
        }
        overRows = signature(in);
        RowPart all = Pass.current().resolve(new RowPart(overRows, RowPart.Merge.SUM, state, rows));
        for (int i = 0; i < m * n; i++) {
            y[i] = (float) TwoSum.value(all.state(), 2 * i);
        }
    }

    @Override
    void forwardShapes(Pass pass, Tensor... in) {
        pass.resolve(new RowPart(signature(in), RowPart.Merge.SUM, new double[0], 0));
    }

    @Override
    String overRows() {
        return overRows;
    }

    private String signature(Tensor... in) {
        return "matmul over rows of " + shapes(in);
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        int m = in[0].localShape().dim(0);
        int rows = in[0].localShape().dim(1);
        int n = in[1].localShape().dim(1);
        Gemm gemm = Gemm.get();
        if (gradients[0] != null) {
            gemm.multiply(m, rows, n, gy, 0, n, 1, in[1].values(), 0, 1, n, gradients[0], 0, true);
        }
        if (gradients[1] != null) {
            gemm.multiply(rows, n, m, in[0].values(), 0, 1, rows, gy, 0, n, 1, gradients[1], 0, true);
        }
    }
}
