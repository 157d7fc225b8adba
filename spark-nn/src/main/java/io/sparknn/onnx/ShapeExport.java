package io.sparknn.onnx;

import io.sparknn.tensor.Attributes;
import io.sparknn.tensor.Step;
import java.util.Arrays;

/** Operations that move elements, look them up, and those along an axis. */
final class ShapeExport {
    private ShapeExport() {}

    static boolean write(Graph g, Step step) {
        Attributes a = step.attributes();
        switch (step.name()) {
            case "reshape" ->
                g.node("Reshape", g.in(step, 0), g.integers(sizes(g, step))).to(g.out(step));
            case "expand" -> expand(g, step);
            case "permute" -> permute(g, step);
            case "slice", "narrow" ->
                g.same(
                        step,
                        slice(
                                g,
                                g.in(step, 0),
                                g.axis(step.input(0), a.integer("axis")),
                                a.integer("from"),
                                a.integer("from") + a.integer("length")));
            case "cat" ->
                g.node("Concat", g.in(step))
                        .with("axis", (long) g.axis(step.input(0), a.integer("axis")))
                        .to(g.out(step));
            case "softmax" -> along(g, "Softmax", step);
            case "logSoftmax" -> along(g, "LogSoftmax", step);
            default -> {
                return lookUp(g, step);
            }
        }
        return true;
    }

    static String slice(Graph g, String x, int axis, int from, int to) {
        return g.apply("Slice", x, g.integers(from), g.integers(to), g.integers(axis));
    }

    /** Rows are copied where they stay in front; elsewhere their number is found. */
    private static int[] sizes(Graph g, Step step) {
        int[] dims = step.attributes().integers("shape");
        int rows = step.attributes().integer("rows");
        if (rows < 0) {
            return dims;
        }
        if (g.moved(step.output()) == 1) {
            int[] moved = new int[dims.length + 1];
            System.arraycopy(dims, 1, moved, 2, dims.length - 1);
            return moved;
        }
        dims[rows] = rows == 0 && g.shape(step.input(0)).dim(0) < 0 ? 0 : -1;
        return dims;
    }

    /** An axis of size 1 is the same as one that is not to change. */
    private static void expand(Graph g, Step step) {
        int[] dims = step.attributes().integers("shape");
        int rows = step.attributes().integer("rows");
        int moved = g.moved(step.output());
        if (rows >= 0) {
            dims[rows] = 1;
        }
        int[] sizes = new int[dims.length + moved];
        Arrays.fill(sizes, 1);
        System.arraycopy(dims, moved, sizes, 2 * moved, dims.length - moved);
        g.node("Expand", g.in(step, 0), g.integers(sizes)).to(g.out(step));
    }

    private static void permute(Graph g, Step step) {
        int[] axes = step.attributes().integers("axes");
        if (g.moved(step.input(0)) == 1) {
            if (axes[0] != 0) {
                throw new IllegalStateException(
                        "ONNX export expects rows of different length to stay in front, got permute "
                                + Arrays.toString(axes));
            }
            int[] moved = new int[axes.length + 1];
            for (int i = 1; i < axes.length; i++) {
                moved[i + 1] = axes[i] + 1;
            }
            moved[1] = 1;
            axes = moved;
        }
        g.node("Transpose", g.in(step, 0)).with("perm", axes).to(g.out(step));
    }

    /** Without an axis it is that of the elements of rows of different length. */
    private static void along(Graph g, String operator, Step step) {
        Attributes a = step.attributes();
        int axis = a.has("axis") ? g.axis(step.input(0), a.integer("axis")) : 1;
        g.node(operator, g.in(step, 0)).with("axis", (long) axis).to(g.out(step));
    }

    private static boolean lookUp(Graph g, Step step) {
        Attributes a = step.attributes();
        switch (step.name()) {
            case "embedding" ->
                g.node("Gather", g.in(step, 1), places(g, step, 0)).to(g.out(step));
            case "indexSelect" ->
                g.node("Gather", g.in(step, 0), places(g, step, 1))
                        .with("axis", (long) g.axis(step.input(0), a.integer("axis")))
                        .to(g.out(step));
            case "gather" ->
                g.node("GatherElements", g.in(step, 0), places(g, step, 1))
                        .with("axis", (long) g.axis(step.input(0), a.integer("axis")))
                        .to(g.out(step));
            case "oneHot" -> {
                String values = g.floats(g.newName(), new float[] {0, 1}, 2);
                g.node("OneHot", places(g, step, 0), g.integers(a.integer("classes")), values)
                        .to(g.out(step));
            }
            case "argmax" -> {
                String place = g.node("ArgMax", g.in(step, 0))
                        .with("axis", (long) g.axis(step.input(0), a.integer("axis")))
                        .with("keepdims", 0L)
                        .out();
                g.node("Cast", place).with("to", (long) Proto.FLOAT).to(g.out(step));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String places(Graph g, Step step, int input) {
        return g.isIds(step.input(input)) ? g.in(step, input) : g.cast(g.in(step, input), Proto.INT64);
    }
}
