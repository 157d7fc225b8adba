package io.sparknn.onnx;

import io.sparknn.tensor.Tensor;
import java.util.Arrays;

/** Nodes that multiply matrices or normalise. */
final class ProductNodes {
    private ProductNodes() {}

    /** The result; null if the node is none of these. */
    static Object apply(Run run, GraphNode node) {
        return switch (node.operator()) {
            case "Gemm" -> gemm(run, node);
            case "MatMul" -> run.tensor(node, 0).matmul(run.tensor(node, 1));
            case "BatchNormalization" -> batchNorm(run, node);
            case "LayerNormalization" -> layerNorm(run, node);
            case "InstanceNormalization" -> {
                double eps = node.number("epsilon", 1e-5f);
                yield run.tensor(node, 0)
                        .instanceNorm(null, null, run.tensor(node, 1), run.tensor(node, 2), true, 0, eps);
            }
            default -> null;
        };
    }

    private static Tensor gemm(Run run, GraphNode node) {
        Tensor a = run.tensor(node, 0);
        Tensor b = run.tensor(node, 1);
        Tensor c = run.optional(node, 2);
        double alpha = node.number("alpha", 1);
        double beta = node.number("beta", 1);
        if (node.integer("transA", 0) != 0) {
            throw node.refused("rows in front, without transA");
        }
        boolean transposed = node.integer("transB", 0) != 0;
        boolean plain = alpha == 1 && beta == 1 && transposed;
        if (plain && (c == null || c.shape().rank() == 1)) {
            return a.linear(b, c);
        }
        Tensor y = a.matmul(transposed ? b.transpose(0, 1) : b);
        y = alpha == 1 ? y : y.mul(alpha);
        if (c == null || beta == 0) {
            return y;
        }
        return y.add(beta == 1 ? c : c.mul(beta));
    }

    private static Tensor batchNorm(Run run, GraphNode node) {
        if (node.integer("training_mode", 0) != 0) {
            throw node.refused("running statistics; export the model in evaluation");
        }
        return run.tensor(node, 0)
                .batchNorm(
                        run.tensor(node, 3),
                        run.tensor(node, 4),
                        run.tensor(node, 1),
                        run.tensor(node, 2),
                        false,
                        0.1,
                        node.number("epsilon", 1e-5f));
    }

    private static Tensor layerNorm(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        int axis = (int) node.integer("axis", -1);
        int rank = x.shape().rank();
        int first = axis < 0 ? axis + rank : axis;
        if (first < 1 || first >= rank) {
            throw node.refused("an axis behind the rows");
        }
        int[] sizes = new int[rank - first];
        Arrays.setAll(sizes, i -> x.shape().dim(first + i));
        double eps = node.number("epsilon", 1e-5f);
        return x.layerNorm(sizes, run.tensor(node, 1), run.optional(node, 2), eps);
    }
}
