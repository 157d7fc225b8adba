package io.sparknn.onnx;

import java.util.Set;

/** Computes the nodes of a graph. */
final class Nodes {
    static final Set<String> KNOWN = Set.of(
            "Abs",
            "Add",
            "ArgMax",
            "AveragePool",
            "BatchNormalization",
            "Cast",
            "Clip",
            "Concat",
            "ConstantOfShape",
            "Conv",
            "ConvTranspose",
            "Div",
            "Dropout",
            "Elu",
            "Equal",
            "Erf",
            "Exp",
            "Expand",
            "Flatten",
            "GRU",
            "Gather",
            "GatherElements",
            "Gelu",
            "Gemm",
            "GlobalAveragePool",
            "GlobalMaxPool",
            "Greater",
            "GreaterOrEqual",
            "HardSigmoid",
            "HardSwish",
            "Identity",
            "InstanceNormalization",
            "LSTM",
            "LayerNormalization",
            "LeakyRelu",
            "Less",
            "LessOrEqual",
            "Log",
            "LogSoftmax",
            "MatMul",
            "Max",
            "MaxPool",
            "Min",
            "Mish",
            "Mul",
            "Neg",
            "Not",
            "OneHot",
            "PRelu",
            "Pad",
            "Pow",
            "RNN",
            "Reciprocal",
            "ReduceL2",
            "ReduceMax",
            "ReduceMean",
            "ReduceMin",
            "ReduceSum",
            "Relu",
            "Reshape",
            "Selu",
            "Shape",
            "Sigmoid",
            "Slice",
            "Softmax",
            "Softplus",
            "Softsign",
            "Split",
            "Sqrt",
            "Squeeze",
            "Sub",
            "Sum",
            "Tanh",
            "Transpose",
            "Unsqueeze",
            "Where");

    private Nodes() {}

    static void run(Run run, GraphNode node) {
        Object y = ElementNodes.apply(run, node);
        y = y != null ? y : ProductNodes.apply(run, node);
        y = y != null ? y : WindowNodes.apply(run, node);
        y = y != null ? y : SizeNodes.apply(run, node);
        y = y != null ? y : ShapeNodes.apply(run, node);
        if (y != null) {
            run.put(node, 0, y);
        } else if (!SequenceNodes.run(run, node)) {
            throw unknown(node.operator());
        }
    }

    static IllegalArgumentException unknown(String operators) {
        return new IllegalArgumentException("ONNX import expects operators that spark-nn has, got " + operators
                + "; export the model without, or cut it there");
    }
}
