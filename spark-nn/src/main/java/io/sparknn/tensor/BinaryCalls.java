package io.sparknn.tensor;

/** Recorded operations on several tensors element by element, and products. */
final class BinaryCalls {
    private BinaryCalls() {}

    /** The result; null if the operation is none of these. */
    static Tensor apply(String name, Tensor... in) {
        return switch (in.length) {
            case 2 -> ofTwo(name, in);
            case 3 -> ofThree(name, in);
            case 4 -> "bilinear".equals(name) ? new BilinearOp().apply(in) : null;
            default -> null;
        };
    }

    private static Tensor ofTwo(String name, Tensor... in) {
        return switch (name) {
            case "linear" -> new Affine().apply(in);
            case "matmul" -> new MatMul().apply(in);
            case "add" -> new AddOp().apply(in);
            case "sub" -> new Sub().apply(in);
            case "mul" -> new Mul().apply(in);
            case "div" -> new Div().apply(in);
            case "pow" -> new Pow().apply(in);
            case "maximum" -> new Maximum().apply(in);
            case "minimum" -> new Minimum().apply(in);
            case "prelu" -> new Prelu().apply(in);
            case "gt" -> new Greater().apply(in);
            case "ge" -> new GreaterOrEqual().apply(in);
            case "lt" -> new Less().apply(in);
            case "le" -> new LessOrEqual().apply(in);
            case "eq" -> new Equal().apply(in);
            case "ne" -> new NotEqual().apply(in);
            default -> null;
        };
    }

    private static Tensor ofThree(String name, Tensor... in) {
        return switch (name) {
            case "linear" -> new Affine().apply(in);
            case "where" -> new Where().apply(in);
            case "bilinear" -> new BilinearOp().apply(in);
            default -> null;
        };
    }
}
