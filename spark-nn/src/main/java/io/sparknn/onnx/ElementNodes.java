package io.sparknn.onnx;

import io.sparknn.tensor.Tensor;
import java.util.function.BinaryOperator;

/** Nodes that work element by element. */
final class ElementNodes {
    private ElementNodes() {}

    /** The result; null if the node is none of these. */
    static Object apply(Run run, GraphNode node) {
        if (node.inputs().isEmpty() || run.value(node, 0) instanceof Integers) {
            return null;
        }
        Tensor x = run.tensor(node, 0);
        Tensor y = plain(node, x);
        y = y != null ? y : configured(run, node, x);
        y = y != null ? y : node.inputs().size() > 1 ? several(run, node, x) : null;
        return y;
    }

    private static Tensor plain(GraphNode node, Tensor x) {
        return switch (node.operator()) {
            case "Relu" -> x.relu();
            case "Sigmoid" -> x.sigmoid();
            case "Tanh" -> x.tanh();
            case "Softsign" -> x.softsign();
            case "Softplus" -> x.softplus();
            case "Mish" -> x.mish();
            case "HardSwish" -> x.hardSwish();
            case "Erf" -> x.erf();
            case "Exp" -> x.exp();
            case "Log" -> x.log();
            case "Sqrt" -> x.sqrt();
            case "Abs" -> x.abs();
            case "Neg" -> x.neg();
            case "Reciprocal" -> x.pow(-1);
            case "Not" -> x.eq(0);
            case "Identity", "Dropout" -> x;
            default -> null;
        };
    }

    private static Tensor configured(Run run, GraphNode node, Tensor x) {
        return switch (node.operator()) {
            case "LeakyRelu" -> x.leakyRelu(node.number("alpha", 0.01f));
            case "Elu" -> x.elu(node.number("alpha", 1));
            case "Selu" -> {
                double alpha = node.number("alpha", 1.67326319217681884765625);
                yield x.elu(alpha).mul(node.number("gamma", 1.05070102214813232421875));
            }
            case "HardSigmoid" ->
                x.mul(node.number("alpha", 0.2f)).add(node.number("beta", 0.5)).clamp(0, 1);
            case "Gelu" -> {
                if (!node.text("approximate", "none").equals("none")) {
                    throw node.refused("the exact form");
                }
                yield x.gelu();
            }
            case "Clip" -> {
                double min = run.has(node, 1) ? run.number(node, 1) : node.number("min", Double.NEGATIVE_INFINITY);
                double max = run.has(node, 2) ? run.number(node, 2) : node.number("max", Double.POSITIVE_INFINITY);
                yield x.clamp(min, max);
            }
            case "Cast" -> {
                int to = (int) node.integer("to", Proto.FLOAT);
                yield to == Proto.BOOL ? x.ne(0) : x;
            }
            default -> null;
        };
    }

    private static Tensor several(Run run, GraphNode node, Tensor x) {
        return switch (node.operator()) {
            case "Add", "Sum" -> folded(run, node, x, Tensor::add);
            case "Sub" -> x.sub(run.tensor(node, 1));
            case "Mul" -> x.mul(run.tensor(node, 1));
            case "Div" -> x.div(run.tensor(node, 1));
            case "Pow" -> x.pow(run.number(node, 1));
            case "Max" -> folded(run, node, x, Tensor::maximum);
            case "Min" -> folded(run, node, x, Tensor::minimum);
            case "PRelu" -> Tensor.where(x.gt(0), x, x.mul(run.tensor(node, 1)));
            case "Greater" -> x.gt(run.tensor(node, 1));
            case "GreaterOrEqual" -> x.ge(run.tensor(node, 1));
            case "Less" -> x.lt(run.tensor(node, 1));
            case "LessOrEqual" -> x.le(run.tensor(node, 1));
            case "Equal" -> x.eq(run.tensor(node, 1));
            case "Where" -> Tensor.where(x, run.tensor(node, 1), run.tensor(node, 2));
            default -> null;
        };
    }

    private static Tensor folded(Run run, GraphNode node, Tensor first, BinaryOperator<Tensor> operator) {
        Tensor y = first;
        for (int i = 1; i < node.inputs().size(); i++) {
            y = operator.apply(y, run.tensor(node, i));
        }
        return y;
    }
}
