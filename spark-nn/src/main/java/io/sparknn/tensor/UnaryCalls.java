package io.sparknn.tensor;

/**
 * Recorded operations on each element alone. Each is applied where it is made: were it handed on as an operation of any
 * kind, checking this class would load all of them.
 */
final class UnaryCalls {
    private UnaryCalls() {}

    /** The result; null if the operation is none of these. */
    static Tensor apply(String name, Attributes a, Tensor... in) {
        if (in.length != 1) {
            return null;
        }
        Tensor y = plain(name, in);
        return y != null ? y : configured(name, a, in);
    }

    private static Tensor plain(String name, Tensor... in) {
        return switch (name) {
            case "relu" -> new ReluOp().apply(in);
            case "sigmoid" -> new SigmoidOp().apply(in);
            case "tanh" -> new TanhOp().apply(in);
            case "gelu" -> new GeluOp().apply(in);
            case "silu" -> new SiluOp().apply(in);
            case "mish" -> new MishOp().apply(in);
            case "logSigmoid" -> new LogSigmoidOp().apply(in);
            case "softsign" -> new SoftsignOp().apply(in);
            case "hardSigmoid" -> new HardSigmoidOp().apply(in);
            case "hardSwish" -> new HardSwishOp().apply(in);
            case "erf" -> new Erf().apply(in);
            case "exp" -> new Exp().apply(in);
            case "log" -> new Log().apply(in);
            case "sqrt" -> new Sqrt().apply(in);
            case "abs" -> new Abs().apply(in);
            case "neg" -> new Neg().apply(in);
            default -> null;
        };
    }

    private static Tensor configured(String name, Attributes a, Tensor... in) {
        return switch (name) {
            case "add" -> new AddScalar(a.number("value")).apply(in);
            case "mul" -> new MulScalar(a.number("value")).apply(in);
            case "div" -> new DivScalar(a.number("value")).apply(in);
            case "pow" -> new PowScalar(a.number("exponent")).apply(in);
            case "clamp" -> new Clamp(a.number("min"), a.number("max")).apply(in);
            case "relu6", "hardTanh" -> new HardTanhOp(name, a.number("min"), a.number("max")).apply(in);
            case "elu", "selu" -> new EluOp(name, a.number("scale"), a.number("alpha")).apply(in);
            case "leakyRelu" -> new LeakyReluOp(a.number("slope")).apply(in);
            case "softplus" -> new SoftplusOp(a.number("beta"), a.number("threshold")).apply(in);
            default -> null;
        };
    }
}
