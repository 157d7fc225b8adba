package io.sparknn.onnx;

import io.sparknn.tensor.Attributes;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Step;
import java.util.Arrays;

/** Convolutions and pools. Sizes but for the rows' number are known, so what is left over is padded explicitly. */
final class WindowExport {
    private WindowExport() {}

    static boolean write(Graph g, Step step) {
        switch (step.name()) {
            case "conv" ->
                window(
                                g.node("Conv", g.in(step)),
                                step.attributes(),
                                step.attributes().integers("after"))
                        .with("group", (long) step.attributes().integer("groups"))
                        .to(g.out(step));
            case "convTranspose" -> transposed(g, step);
            case "maxPool" -> g.same(step, maxPool(g, step));
            case "avgPool" -> g.same(step, avgPool(g, step));
            case "adaptiveMaxPool" -> g.same(step, adaptive(g, step, "MaxPool", "max"));
            case "adaptiveAvgPool" -> g.same(step, adaptive(g, step, "AveragePool", "mean"));
            case "pad" -> g.same(step, padded(g, step));
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * What the output is longer is cut off less behind, and where that is not enough, made of zeros: with an output_padding
     * of a stride or more, a widely used runtime gives wrong numbers.
     */
    private static void transposed(Graph g, Step step) {
        Attributes a = step.attributes();
        int[] wanted = outputPadding(a);
        int[] after = a.integers("after");
        int[] more = new int[after.length];
        for (int i = 0; i < after.length; i++) {
            more[i] = Math.max(0, wanted[i] - after[i]);
            after[i] = Math.max(0, after[i] - wanted[i]);
        }
        boolean longer = Arrays.stream(more).anyMatch(size -> size > 0);
        String[] in = g.in(step);
        String y = window(g.node("ConvTranspose", longer ? Arrays.copyOf(in, 2) : in), a, after)
                .with("group", (long) a.integer("groups"))
                .out();
        if (longer) {
            y = pad(g, y, new int[more.length], more, 0);
            if (in.length > 2) {
                int[] each = new int[more.length + 1];
                Arrays.fill(each, 1);
                each[0] = g.shape(step.input(2)).dim(0);
                y = g.apply("Add", y, g.reshape(in[2], each));
            }
        }
        g.same(step, y);
    }

    private static Node window(Node node, Attributes a, int... after) {
        return node.with("kernel_shape", a.integers("kernel"))
                .with("strides", a.integers("stride"))
                .with("dilations", a.integers("dilation"))
                .with("pads", joined(a.integers("before"), after));
    }

    private static int[] outputPadding(Attributes a) {
        int[] more = a.integers("outputPadding");
        int[] each = new int[a.integers("kernel").length];
        Arrays.setAll(each, i -> more[more.length == 1 ? 0 : i]);
        return each;
    }

    private static int[] joined(int[] before, int... after) {
        int[] both = Arrays.copyOf(before, before.length + after.length);
        System.arraycopy(after, 0, both, before.length, after.length);
        return both;
    }

    /** What the last window along each axis needs behind the padding. */
    private static int[] beyond(Graph g, Step step) {
        Attributes a = step.attributes();
        int[] kernel = a.integers("kernel");
        int[] more = new int[kernel.length];
        for (int i = 0; i < more.length; i++) {
            int size = g.shape(step.input(0)).dim(i + 2) + a.integers("before")[i] + a.integers("after")[i];
            int places = g.shape(step.output()).dim(i + 2);
            int reach = a.integers("dilation")[i] * (kernel[i] - 1) + 1;
            more[i] = Math.max(0, (places - 1) * a.integers("stride")[i] + reach - size);
        }
        return more;
    }

    /** Padding in a node of its own, for runtimes want that of pools to be smaller than the kernel. */
    private static String maxPool(Graph g, Step step) {
        Attributes a = step.attributes();
        int[] before = a.integers("before");
        int[] more = beyond(g, step);
        int[] after = a.integers("after");
        Arrays.setAll(after, i -> after[i] + more[i]);
        String x = pad(g, g.in(step, 0), before, after, Float.NEGATIVE_INFINITY);
        return g.node("MaxPool", x)
                .with("kernel_shape", a.integers("kernel"))
                .with("strides", a.integers("stride"))
                .with("dilations", a.integers("dilation"))
                .out();
    }

    /** Padding that counts is made of zeros in front of the pool; what is left over never counts. */
    private static String avgPool(Graph g, Step step) {
        Attributes a = step.attributes();
        int[] before = a.integers("before");
        int[] after = a.integers("after");
        int[] more = beyond(g, step);
        String x = g.in(step, 0);
        if (a.flag("countPadding")) {
            x = pad(g, x, before, after, 0);
            Arrays.fill(before, 0);
            Arrays.fill(after, 0);
        }
        Arrays.setAll(after, i -> after[i] + more[i]);
        return g.node("AveragePool", x)
                .with("kernel_shape", a.integers("kernel"))
                .with("strides", a.integers("stride"))
                .with("pads", joined(before, after))
                .with("count_include_pad", 0L)
                .out();
    }

    private static String pad(Graph g, String x, int[] before, int[] after, float value) {
        if (Arrays.stream(before).sum() + Arrays.stream(after).sum() == 0) {
            return x;
        }
        return g.apply("Pad", x, pads(g, before, after), g.scalar(value));
    }

    private static String pads(Graph g, int[] before, int... after) {
        int[] none = new int[2];
        return g.integers(joined(joined(none, before), joined(none, after)));
    }

    private static String padded(Graph g, Step step) {
        Attributes a = step.attributes();
        int[] before = a.integers("before");
        int[] after = a.integers("after");
        String x = g.in(step, 0);
        String mode = a.text("mode");
        if (mode.equals("circular")) {
            for (int i = 0; i < before.length; i++) {
                int size = g.shape(step.input(0)).dim(i + 2);
                String front = ShapeExport.slice(g, x, i + 2, size - before[i], size);
                String back = ShapeExport.slice(g, x, i + 2, 0, after[i]);
                x = g.node("Concat", front, x, back).with("axis", (long) i + 2).out();
            }
            return x;
        }
        String name =
                switch (mode) {
                    case "zeros" -> "constant";
                    case "reflect" -> "reflect";
                    default -> "edge";
                };
        return g.node("Pad", x, pads(g, before, after)).with("mode", name).out();
    }

    /** A pool where the sizes divide; else each axis part by part, for ONNX has no such windows. */
    private static String adaptive(Graph g, Step step, String pool, String reduction) {
        Shape x = g.shape(step.input(0));
        Shape y = g.shape(step.output());
        int[] kernel = new int[x.rank() - 2];
        boolean divides = true;
        for (int i = 0; i < kernel.length; i++) {
            divides &= x.dim(i + 2) % y.dim(i + 2) == 0;
            kernel[i] = x.dim(i + 2) / y.dim(i + 2);
        }
        if (divides) {
            return g.node(pool, g.in(step, 0))
                    .with("kernel_shape", kernel)
                    .with("strides", kernel)
                    .out();
        }
        String result = g.in(step, 0);
        for (int axis = 2; axis < x.rank(); axis++) {
            result = parts(g, result, axis, x.dim(axis), y.dim(axis), reduction);
        }
        return result;
    }

    private static String parts(Graph g, String x, int axis, int size, int count, String reduction) {
        if (size == count) {
            return x;
        }
        String[] parts = new String[count];
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * size / count);
            int to = (int) (((long) (i + 1) * size + count - 1) / count);
            parts[i] = ReductionExport.reduced(g, reduction, ShapeExport.slice(g, x, axis, from, to), true, axis);
        }
        return g.node("Concat", parts).with("axis", (long) axis).out();
    }
}
