package io.sparknn.onnx;

import io.sparknn.tensor.Step;
import java.util.Arrays;

/** Products of matrices. */
final class ProductExport {
    private ProductExport() {}

    static boolean write(Graph g, Step step) {
        switch (step.name()) {
            case "linear" -> linear(g, step);
            case "matmul" -> g.node("MatMul", g.in(step)).to(g.out(step));
            case "bilinear" -> bilinear(g, step);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void linear(Graph g, Step step) {
        if (g.rank(step.input(0)) == 2) {
            g.node("Gemm", g.in(step)).with("transB", 1L).to(g.out(step));
            return;
        }
        Node product = g.node("MatMul", g.in(step, 0), g.transposed(step.input(1)));
        if (step.arity() < 3) {
            product.to(g.out(step));
        } else {
            g.node("Add", product.out(), g.in(step, 2)).to(g.out(step));
        }
    }

    /** For each output a matrix: both products with it, the second one as a sum over single products. */
    private static void bilinear(Graph g, Step step) {
        int[] weight = g.shape(step.input(2)).dims();
        int k = weight[0];
        int m = weight[1];
        String matrix = g.reshape(g.in(step, 2), k * m, weight[2]);
        String products = g.apply(
                "MatMul",
                g.in(step, 1),
                g.node("Transpose", matrix).with("perm", 1, 0).out());
        int rank = g.rank(step.input(0));
        int[] dims = new int[rank + 1];
        Arrays.fill(dims, 0, rank - 1, 0);
        dims[rank - 1] = k;
        dims[rank] = m;
        String split = g.reshape(products, dims);
        String column = g.apply("Unsqueeze", g.in(step, 0), g.integers(rank));
        String sums = g.apply("Squeeze", g.apply("MatMul", split, column), g.integers(rank));
        if (step.arity() < 4) {
            g.same(step, sums);
        } else {
            g.node("Add", sums, g.in(step, 3)).to(g.out(step));
        }
    }
}
