package io.sparknn.onnx;

import io.sparknn.tensor.Attributes;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Step;
import java.util.Arrays;

/** Normalisations. */
final class NormExport {
    private NormExport() {}

    static boolean write(Graph g, Step step) {
        switch (step.name()) {
            case "normalisation" -> running(g, step);
            case "layerNorm" -> layer(g, step);
            case "rmsNorm" -> rms(g, step);
            case "groupNorm", "instanceNorm" -> groups(g, step);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String weight(Graph g, Step step) {
        return step.attributes().flag("weighted") ? g.in(step, 1) : null;
    }

    private static String bias(Graph g, Step step) {
        Attributes a = step.attributes();
        return a.flag("shifted") ? g.in(step, a.flag("weighted") ? 2 : 1) : null;
    }

    private static void running(Graph g, Step step) {
        int channels = g.shape(step.input(0)).dim(1);
        String weight = weight(g, step);
        String bias = bias(g, step);
        int given = step.arity() - 2;
        g.node(
                        "BatchNormalization",
                        g.in(step, 0),
                        weight == null ? g.filled(channels, 1) : weight,
                        bias == null ? g.filled(channels, 0) : bias,
                        g.in(step, given),
                        g.in(step, given + 1))
                .with("epsilon", step.attributes().number("eps"))
                .to(g.out(step));
    }

    /** How many of the last axes make a lane. */
    private static int axes(Shape shape, int members) {
        int axes = 0;
        for (int size = 1; axes == 0 || size < members; axes++) {
            size *= shape.dim(shape.rank() - 1 - axes);
        }
        return axes;
    }

    private static void layer(Graph g, Step step) {
        Attributes a = step.attributes();
        Shape x = g.shape(step.input(0));
        int axes = axes(x, a.integer("members"));
        String weight = weight(g, step);
        if (weight == null) {
            int[] sizes = x.dropFirst(x.rank() - axes).dims();
            float[] ones = new float[a.integer("members")];
            Arrays.fill(ones, 1);
            weight = g.floats(g.newName(), ones, sizes);
        }
        String bias = bias(g, step);
        String[] in = bias == null ? new String[] {g.in(step, 0), weight} : new String[] {g.in(step, 0), weight, bias};
        g.node("LayerNormalization", in)
                .with("axis", (long) -axes)
                .with("epsilon", a.number("eps"))
                .to(g.out(step));
    }

    private static void rms(Graph g, Step step) {
        Attributes a = step.attributes();
        int count = axes(g.shape(step.input(0)), a.integer("members"));
        int[] axes = new int[count];
        Arrays.setAll(axes, i -> i - count);
        String x = g.in(step, 0);
        String mean =
                g.node("ReduceMean", g.apply("Mul", x, x)).with("axes", axes).out();
        String root = g.apply("Sqrt", g.apply("Add", mean, g.scalar(a.number("eps"))));
        String y = g.apply("Div", x, root);
        String weight = weight(g, step);
        if (weight == null) {
            g.same(step, y);
        } else {
            g.node("Mul", y, weight).to(g.out(step));
        }
    }

    /** As an instance norm of groups, and back. */
    private static void groups(Graph g, Step step) {
        Attributes a = step.attributes();
        Shape x = g.shape(step.input(0));
        int channels = a.integer("channels");
        int groups = channels / a.integer("members");
        String flat = g.reshape(g.in(step, 0), 0, groups, -1);
        String normal = g.node("InstanceNormalization", flat, g.filled(groups, 1), g.filled(groups, 0))
                .with("epsilon", a.number("eps"))
                .out();
        int[] dims = x.dims();
        dims[0] = 0;
        String y = g.reshape(normal, dims);
        int[] each = new int[x.rank() - 1];
        Arrays.fill(each, 1);
        each[0] = channels;
        String weight = weight(g, step);
        String bias = bias(g, step);
        y = weight == null ? y : g.apply("Mul", y, g.reshape(weight, each));
        y = bias == null ? y : g.apply("Add", y, g.reshape(bias, each));
        g.same(step, y);
    }
}
