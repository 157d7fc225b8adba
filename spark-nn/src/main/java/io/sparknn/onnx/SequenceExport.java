package io.sparknn.onnx;

import io.sparknn.tensor.Attributes;
import io.sparknn.tensor.Step;
import java.util.Arrays;

/** Operations over the elements of rows, which here are equally long. */
final class SequenceExport {
    private SequenceExport() {}

    static boolean write(Graph g, Step step) {
        switch (step.name()) {
            case "rnn", "rnnRelu" -> recurrent(g, step, "RNN", 0);
            case "gru" -> recurrent(g, step, "GRU", 1, 0, 2);
            case "lstm" -> recurrent(g, step, "LSTM", 0, 3, 1, 2);
            case "attention" -> g.same(step, attention(g, step));
            case "addPositions" -> positions(g, step);
            case "repeating rows" -> repeat(g, step);
            case "rowLengths" -> lengths(g, step);
            case "sameLengths" -> g.same(step, g.in(step, 0));
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * A recurrent layer in one direction.
     *
     * @param order of the gates: which of ours stands where in ONNX
     */
    private static void recurrent(Graph g, Step step, String operator, int... order) {
        for (int i = 1; i < step.arity(); i++) {
            if (!g.isConstant(step.input(i))) {
                throw new IllegalStateException("ONNX export expects a recurrent layer whose weights are parameters,"
                        + " got computed ones; set them to their values first");
            }
        }
        int width = g.shape(step.input(1)).dim(1);
        int size = g.shape(step.input(2)).dim(1);
        int all = order.length * size;
        String sequence =
                g.node("Transpose", g.in(step, 0)).with("perm", 1, 0, 2).out();
        String unroll = step.attributes().text("unroll");
        Node node = g.node(
                        operator,
                        sequence,
                        g.floats(g.newName(), ordered(g, step.input(1), size * width, order), 1, all, width),
                        g.floats(g.newName(), ordered(g, step.input(2), size * size, order), 1, all, size),
                        biases(g, step, size, order))
                .with("hidden_size", (long) size)
                .with("direction", unroll.endsWith("BACKWARD") ? "reverse" : "forward");
        if (operator.equals("GRU")) {
            node.with("linear_before_reset", 1L);
        }
        if (step.name().equals("rnnRelu")) {
            node.withTexts("activations", "Relu");
        }
        if (unroll.startsWith("LAST")) {
            g.node("Squeeze", node.to("", g.newName()), g.integers(0)).to(g.out(step));
        } else {
            String states = g.apply("Squeeze", node.out(), g.integers(1));
            g.node("Transpose", states).with("perm", 1, 0, 2).to(g.out(step));
        }
    }

    /** No name where there are none. */
    private static String biases(Graph g, Step step, int size, int... order) {
        if (step.arity() < 5) {
            return "";
        }
        int all = order.length * size;
        float[] biases = new float[2 * all];
        System.arraycopy(ordered(g, step.input(3), size, order), 0, biases, 0, all);
        System.arraycopy(ordered(g, step.input(4), size, order), 0, biases, all, all);
        return g.floats(g.newName(), biases, 1, 2 * all);
    }

    private static float[] ordered(Graph g, int slot, int length, int... order) {
        float[] values = g.values(slot);
        float[] ordered = new float[values.length];
        for (int gate = 0; gate < order.length; gate++) {
            System.arraycopy(values, order[gate] * length, ordered, gate * length, length);
        }
        return ordered;
    }

    private static String attention(Graph g, Step step) {
        int heads = step.attributes().integer("heads");
        int width = g.shape(step.input(0)).last();
        int head = width / heads;
        String q = split(g, g.in(step, 0), heads, head, 0, 2, 1, 3);
        String k = split(g, g.in(step, 1), heads, head, 0, 2, 3, 1);
        String v = split(g, g.in(step, 2), heads, head, 0, 2, 1, 3);
        String scores = g.apply("Mul", g.apply("MatMul", q, k), g.scalar(1 / Math.sqrt(head)));
        String weights = g.node("Softmax", scores).with("axis", -1L).out();
        String y = g.node("Transpose", g.apply("MatMul", weights, v))
                .with("perm", 0, 2, 1, 3)
                .out();
        return g.reshape(y, 0, 0, width);
    }

    private static String split(Graph g, String x, int heads, int head, int... perm) {
        return g.node("Transpose", g.reshape(x, 0, 0, heads, head))
                .with("perm", perm)
                .out();
    }

    /** Computed in the graph, in double, for the length is free: the cosine as the sine a quarter turn on. */
    private static void positions(Graph g, Step step) {
        int width = g.shape(step.input(0)).last();
        float[] rates = new float[width];
        float[] turns = new float[width];
        for (int i = 0; i < width; i++) {
            rates[i] = i - i % 2;
            turns[i] = i % 2;
        }
        String exponents = g.cast(g.floats(g.newName(), rates, width), Proto.DOUBLE);
        String base = g.cast(g.scalar(10_000), Proto.DOUBLE);
        String power = g.apply("Div", exponents, g.cast(g.scalar(-width), Proto.DOUBLE));
        String rate = g.apply("Pow", base, power);
        String length = g.apply("Squeeze", length(g, step.input(0)), g.integers(0));
        String zero = g.apply("Squeeze", g.integers(0), g.integers(0));
        String one = g.apply("Squeeze", g.integers(1), g.integers(0));
        String places = g.cast(g.apply("Range", zero, length, one), Proto.DOUBLE);
        String column = g.apply("Unsqueeze", places, g.integers(1));
        String turn = g.apply("Mul", g.cast(g.floats(g.newName(), turns, width), Proto.DOUBLE), quarter(g));
        String sines = g.apply("Sin", g.apply("Add", g.apply("Mul", column, rate), turn));
        g.node("Add", g.in(step, 0), g.cast(sines, Proto.FLOAT)).to(g.out(step));
    }

    /** A quarter turn in double: four times the arc tangent of 1, halved. */
    private static String quarter(Graph g) {
        // pi / 2 as a sum of floats, for constants here are floats: exact to the last bits of a double
        float high = (float) (Math.PI / 2);
        float middle = (float) (Math.PI / 2 - high);
        float low = (float) (Math.PI / 2 - high - middle);
        String sum = g.apply("Add", g.cast(g.scalar(high), Proto.DOUBLE), g.cast(g.scalar(middle), Proto.DOUBLE));
        return g.apply("Add", sum, g.cast(g.scalar(low), Proto.DOUBLE));
    }

    /** The length of rows, on one axis. */
    private static String length(Graph g, int slot) {
        return ShapeExport.slice(g, g.apply("Shape", g.name(slot)), 0, 1, 2);
    }

    /** Rows have one length: that of the input whose elements the result goes with. */
    private static void repeat(Graph g, Step step) {
        int input = step.attributes().integer("lengths");
        int rest = g.shape(step.output()).rank() - 1;
        int[] ones = new int[rest];
        Arrays.fill(ones, 1);
        String[] sizes = {g.integers(1), length(g, input), g.integers(ones)};
        String shape = rest == 0
                ? g.node("Concat", sizes[0], sizes[1]).with("axis", 0L).out()
                : g.node("Concat", sizes).with("axis", 0L).out();
        g.node("Expand", g.in(step, 0), shape).to(g.out(step));
    }

    private static void lengths(Graph g, Step step) {
        Attributes a = step.attributes();
        String shape = g.apply("Shape", g.in(step, 0));
        String rows = ShapeExport.slice(g, shape, 0, 0, 1);
        String length = a.has("lengths") ? length(g, step.input(0)) : g.integers(a.integer("length"));
        String each = g.apply("Expand", length, rows);
        g.node("Cast", each).with("to", (long) Proto.FLOAT).to(g.out(step));
    }
}
