package io.sparknn.onnx;

import io.sparknn.tensor.Attributes;
import io.sparknn.tensor.Step;
import java.util.Arrays;

/** Reductions, also those of rows over their own elements. */
final class ReductionExport {
    private ReductionExport() {}

    static boolean write(Graph g, Step step) {
        switch (step.name()) {
            case "sum", "mean", "max", "min", "norm" ->
                g.same(step, reduced(g, step.name(), g.in(step, 0), keep(step), axes(g, step)));
            case "var" -> g.same(step, variance(g, step));
            case "std" -> g.node("Sqrt", variance(g, step)).to(g.out(step));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean keep(Step step) {
        return !step.attributes().has("lengths") && step.attributes().flag("keepDim");
    }

    private static int[] axes(Graph g, Step step) {
        Attributes a = step.attributes();
        if (a.has("lengths")) {
            int[] axes = new int[a.integer("reduced") + 1];
            Arrays.setAll(axes, i -> i + 1);
            return axes;
        }
        int[] axes = a.integers("axes");
        for (int i = 0; i < axes.length; i++) {
            axes[i] = g.axis(step.input(0), axes[i]);
        }
        return axes;
    }

    static String reduced(Graph g, String name, String x, boolean keep, int... axes) {
        if (axes.length == 0) {
            return name.equals("norm") ? g.apply("Abs", x) : x;
        }
        if (name.equals("sum")) {
            return g.node("ReduceSum", x, g.integers(axes))
                    .with("keepdims", keep ? 1L : 0L)
                    .out();
        }
        String operator =
                switch (name) {
                    case "mean" -> "ReduceMean";
                    case "max" -> "ReduceMax";
                    case "min" -> "ReduceMin";
                    default -> "ReduceL2";
                };
        return g.node(operator, x)
                .with("axes", axes)
                .with("keepdims", keep ? 1L : 0L)
                .out();
    }

    /** The mean of squares of differences, times n / (n - correction). */
    private static String variance(Graph g, Step step) {
        if (step.attributes().has("lengths")) {
            throw new IllegalStateException("ONNX export expects operations that ONNX has, got " + step.name()
                    + " over rows of different length; use mean of squares");
        }
        int[] axes = axes(g, step);
        double count = 1;
        for (int axis : step.attributes().integers("axes")) {
            count *= g.shape(step.input(0)).dim(axis);
        }
        String x = g.in(step, 0);
        String centred = g.apply("Sub", x, reduced(g, "mean", x, true, axes));
        String mean = reduced(g, "mean", g.apply("Mul", centred, centred), keep(step), axes);
        int correction = step.attributes().integer("correction");
        return correction == 0 ? mean : g.apply("Mul", mean, g.scalar(count / (count - correction)));
    }
}
