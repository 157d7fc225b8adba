package io.sparknn.tensor;

/** Recorded operations that move elements, and those along axes. */
final class ShapeCalls {
    private ShapeCalls() {}

    /** The result; null if the operation is none of these. */
    static Tensor apply(String name, Attributes a, Tensor... in) {
        if (a.has("lengths")) {
            return null;
        }
        return switch (name) {
            case "reshape" -> Reshape.again(in[0], a.integer("rows"), a.integers("shape"));
            case "expand" -> new Expand(a.integers("shape")).apply(in[0]);
            case "permute" -> new Permute(a.integers("axes")).apply(in[0]);
            case "slice", "narrow" -> Slice.again(name, a, in[0]);
            case "cat" -> new Cat(a.integer("axis")).apply(in);
            case "oneHot" -> new OneHot(a.integer("classes")).apply(in[0]);
            case "argmax" -> new Argmax(a.integer("axis")).apply(in[0]);
            case "softmax" -> new SoftmaxOp(a.integer("axis")).apply(in[0]);
            case "logSoftmax" -> new LogSoftmaxOp(a.integer("axis")).apply(in[0]);
            case "sum", "mean", "max", "min", "var", "std", "norm" -> Reduction.again(name, a, in[0]);
            default -> in.length == 2 ? lookUp(name, a, in) : null;
        };
    }

    private static Tensor lookUp(String name, Attributes a, Tensor... in) {
        return switch (name) {
            case "gather" -> Gather.of(in[0], a.integer("axis"), in[1]);
            case "indexSelect" -> IndexSelect.of(in[0], a.integer("axis"), in[1]);
            case "embedding" -> new EmbeddingOp(a.integer("paddingIdx")).apply(in);
            default -> null;
        };
    }
}
