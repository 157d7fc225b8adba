package io.sparknn.onnx;

import io.sparknn.tensor.Attributes;
import io.sparknn.tensor.Step;

/** Operations element by element. */
final class ElementExport {
    /** From here on ln(1 + e^x) is x as a float. */
    private static final double LINEAR = 17;

    private ElementExport() {}

    static boolean write(Graph g, Step step) {
        return step.arity() == 1 ? unary(g, step) : binary(g, step);
    }

    private static boolean unary(Graph g, Step step) {
        String x = g.in(step, 0);
        String direct = direct(step.name());
        if (direct != null) {
            g.node(direct, x).to(g.out(step));
            return true;
        }
        return configured(g, step, x) || composed(g, step, x);
    }

    private static String direct(String name) {
        return switch (name) {
            case "relu" -> "Relu";
            case "sigmoid" -> "Sigmoid";
            case "tanh" -> "Tanh";
            case "softsign" -> "Softsign";
            case "hardSwish" -> "HardSwish";
            case "exp" -> "Exp";
            case "log" -> "Log";
            case "sqrt" -> "Sqrt";
            case "abs" -> "Abs";
            case "neg" -> "Neg";
            case "erf" -> "Erf";
            default -> null;
        };
    }

    private static boolean configured(Graph g, Step step, String x) {
        Attributes a = step.attributes();
        switch (step.name()) {
            case "leakyRelu" ->
                g.node("LeakyRelu", x).with("alpha", a.number("slope")).to(g.out(step));
            case "hardSigmoid" ->
                g.node("HardSigmoid", x)
                        .with("alpha", 1 / 6.0)
                        .with("beta", 0.5)
                        .to(g.out(step));
            case "selu" ->
                g.node("Selu", x)
                        .with("alpha", a.number("alpha"))
                        .with("gamma", a.number("scale"))
                        .to(g.out(step));
            case "elu" -> g.node("Elu", x).with("alpha", a.number("alpha")).to(g.out(step));
            case "add" -> g.node("Add", x, g.scalar(a.number("value"))).to(g.out(step));
            case "mul" -> g.node("Mul", x, g.scalar(a.number("value"))).to(g.out(step));
            case "div" -> g.node("Div", x, g.scalar(a.number("value"))).to(g.out(step));
            case "pow" -> g.node("Pow", x, g.scalar(a.number("exponent"))).to(g.out(step));
            case "clamp", "hardTanh", "relu6" ->
                g.node("Clip", x, bound(g, a.number("min")), bound(g, a.number("max")))
                        .to(g.out(step));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String bound(Graph g, double value) {
        return Double.isInfinite(value) ? "" : g.scalar(value);
    }

    private static boolean composed(Graph g, Step step, String x) {
        switch (step.name()) {
            case "silu" -> g.node("Mul", x, g.apply("Sigmoid", x)).to(g.out(step));
            case "mish" ->
                g.node("Mul", x, g.apply("Tanh", g.apply("Softplus", x))).to(g.out(step));
            case "logSigmoid" ->
                g.node("Neg", g.apply("Softplus", g.apply("Neg", x))).to(g.out(step));
            case "softplus" -> softplus(g, step, x);
            case "gelu" -> {
                String erf = g.apply("Erf", g.apply("Div", x, g.scalar(Math.sqrt(2))));
                String twice = g.apply("Mul", x, g.apply("Add", erf, g.scalar(1)));
                g.node("Mul", twice, g.scalar(0.5)).to(g.out(step));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void softplus(Graph g, Step step, String x) {
        double beta = step.attributes().number("beta");
        double threshold = step.attributes().number("threshold");
        String scaled = beta == 1 ? x : g.apply("Mul", x, g.scalar(beta));
        String soft = g.apply("Softplus", scaled);
        String y = beta == 1 ? soft : g.apply("Div", soft, g.scalar(beta));
        if (threshold > LINEAR) {
            g.same(step, y);
        } else {
            g.node("Where", g.apply("Greater", scaled, g.scalar(threshold)), x, y)
                    .to(g.out(step));
        }
    }

    private static boolean binary(Graph g, Step step) {
        String operator =
                switch (step.name()) {
                    case "add" -> "Add";
                    case "sub" -> "Sub";
                    case "mul" -> "Mul";
                    case "div" -> "Div";
                    case "pow" -> "Pow";
                    case "maximum" -> "Max";
                    case "minimum" -> "Min";
                    case "prelu" -> "PRelu";
                    default -> null;
                };
        if (operator != null) {
            g.node(operator, g.in(step)).to(g.out(step));
            return true;
        }
        return compared(g, step);
    }

    private static boolean compared(Graph g, Step step) {
        if (step.name().equals("where")) {
            String[] in = g.in(step);
            g.node("Where", g.cast(in[0], Proto.BOOL), in[1], in[2]).to(g.out(step));
            return true;
        }
        String operator =
                switch (step.name()) {
                    case "gt" -> "Greater";
                    case "ge" -> "GreaterOrEqual";
                    case "lt" -> "Less";
                    case "le" -> "LessOrEqual";
                    case "eq", "ne" -> "Equal";
                    default -> null;
                };
        if (operator == null) {
            return false;
        }
        String yes = g.apply(operator, g.in(step));
        yes = step.name().equals("ne") ? g.apply("Not", yes) : yes;
        g.node("Cast", yes).with("to", (long) Proto.FLOAT).to(g.out(step));
        return true;
    }
}
