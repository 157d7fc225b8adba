package io.sparknn.tensor;

/** Recorded operations on several tensors element by element, and products. */
final class BinaryCalls {
    private BinaryCalls() {}

    /** The result; null if the operation is none of these. */
    static Tensor apply(String name, Tensor... in) {
        Operation made =
                switch (in.length) {
                    case 2 -> ofTwo(name);
                    case 3 -> ofThree(name);
                    case 4 -> "bilinear".equals(name) ? new BilinearOp() : null;
                    default -> null;
                };
        return made == null ? null : made.apply(in);
    }

    private static Operation ofTwo(String name) {
        return switch (name) {
            case "linear" -> new Affine();
            case "matmul" -> new MatMul();
            case "add" -> new AddOp();
            case "sub" -> new Sub();
            case "mul" -> new Mul();
            case "div" -> new Div();
            case "pow" -> new Pow();
            case "maximum" -> new Maximum();
            case "minimum" -> new Minimum();
            case "prelu" -> new Prelu();
            case "gt" -> new Greater();
            case "ge" -> new GreaterOrEqual();
            case "lt" -> new Less();
            case "le" -> new LessOrEqual();
            case "eq" -> new Equal();
            case "ne" -> new NotEqual();
            default -> null;
        };
    }

    private static Operation ofThree(String name) {
        return switch (name) {
            case "linear" -> new Affine();
            case "where" -> new Where();
            case "bilinear" -> new BilinearOp();
            default -> null;
        };
    }
}
