package io.sparknn.tensor;

/** Recorded operations on each element alone. */
final class UnaryCalls {
    private UnaryCalls() {}

    /** The result; null if the operation is none of these. */
    static Tensor apply(String name, Attributes a, Tensor... in) {
        if (in.length != 1) {
            return null;
        }
        Unary made = plain(name);
        made = made != null ? made : configured(name, a);
        return made == null ? null : made.apply(in);
    }

    private static Unary plain(String name) {
        return switch (name) {
            case "relu" -> new ReluOp();
            case "sigmoid" -> new SigmoidOp();
            case "tanh" -> new TanhOp();
            case "gelu" -> new GeluOp();
            case "silu" -> new SiluOp();
            case "mish" -> new MishOp();
            case "logSigmoid" -> new LogSigmoidOp();
            case "softsign" -> new SoftsignOp();
            case "hardSigmoid" -> new HardSigmoidOp();
            case "hardSwish" -> new HardSwishOp();
            case "exp" -> new Exp();
            case "log" -> new Log();
            case "sqrt" -> new Sqrt();
            case "abs" -> new Abs();
            case "neg" -> new Neg();
            default -> null;
        };
    }

    private static Unary configured(String name, Attributes a) {
        return switch (name) {
            case "add" -> new AddScalar(a.number("value"));
            case "mul" -> new MulScalar(a.number("value"));
            case "div" -> new DivScalar(a.number("value"));
            case "pow" -> new PowScalar(a.number("exponent"));
            case "clamp" -> new Clamp(a.number("min"), a.number("max"));
            case "relu6", "hardTanh" -> new HardTanhOp(name, a.number("min"), a.number("max"));
            case "elu", "selu" -> new EluOp(name, a.number("scale"), a.number("alpha"));
            case "leakyRelu" -> new LeakyReluOp(a.number("slope"));
            case "softplus" -> new SoftplusOp(a.number("beta"), a.number("threshold"));
            default -> null;
        };
    }
}
