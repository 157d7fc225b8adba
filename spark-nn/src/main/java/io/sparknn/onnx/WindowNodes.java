package io.sparknn.onnx;

import io.sparknn.tensor.PadMode;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Window;
import java.util.Arrays;

/** Nodes that look through windows, and padding. */
final class WindowNodes {
    private WindowNodes() {}

    /** The result; null if the node is none of these. */
    static Object apply(Run run, GraphNode node) {
        return switch (node.operator()) {
            case "Conv" -> {
                Tensor weight = run.tensor(node, 1);
                Window window = window(node, run.tensor(node, 0).shape(), kernel(weight));
                int groups = (int) node.integer("group", 1);
                yield run.tensor(node, 0).conv(weight, run.optional(node, 2), window, groups);
            }
            case "ConvTranspose" -> transposed(run, node);
            case "MaxPool" -> maxPool(run, node);
            case "AveragePool" -> avgPool(run, node);
            case "GlobalAveragePool" -> global(run.tensor(node, 0), false);
            case "GlobalMaxPool" -> global(run.tensor(node, 0), true);
            case "Pad" -> pad(run, node);
            default -> null;
        };
    }

    private static int[] kernel(Tensor weight) {
        int[] dims = weight.shape().dims();
        return Arrays.copyOfRange(dims, 2, dims.length);
    }

    private static int[] ints(GraphNode node, String name, int rank, int otherwise) {
        long[] values = node.integers(name);
        int[] ints = new int[rank];
        Arrays.fill(ints, otherwise);
        if (values != null && values.length != rank) {
            throw node.refused(name + " of " + rank + " numbers");
        }
        for (int i = 0; values != null && i < rank; i++) {
            if (values[i] < 0 || values[i] > 1 << 24) {
                throw node.refused(name + " of sizes");
            }
            ints[i] = (int) values[i];
        }
        return ints;
    }

    private static Window window(GraphNode node, Shape x, int... kernel) {
        int rank = kernel.length;
        if (x.rank() != rank + 2) {
            throw node.refused("an input of rank " + (rank + 2) + ", not " + x);
        }
        int[] stride = ints(node, "strides", rank, 1);
        int[] dilation = ints(node, "dilations", rank, 1);
        int[] pads = ints(node, "pads", 2 * rank, 0);
        String auto = node.text("auto_pad", "NOTSET");
        for (int i = 0; i < rank && auto.startsWith("SAME"); i++) {
            int size = x.dim(i + 2);
            int places = (size + stride[i] - 1) / stride[i];
            int all = Math.max(0, (places - 1) * stride[i] + dilation[i] * (kernel[i] - 1) + 1 - size);
            pads[i] = auto.endsWith("UPPER") ? all / 2 : all - all / 2;
            pads[rank + i] = all - pads[i];
        }
        return Window.of(kernel)
                .stride(stride)
                .dilation(dilation)
                .padding(Arrays.copyOf(pads, rank), Arrays.copyOfRange(pads, rank, 2 * rank))
                .ceil(node.integer("ceil_mode", 0) != 0);
    }

    private static Tensor transposed(Run run, GraphNode node) {
        Tensor weight = run.tensor(node, 1);
        int rank = weight.shape().rank() - 2;
        if (!node.text("auto_pad", "NOTSET").equals("NOTSET") || node.has("output_shape")) {
            throw node.refused("pads and output_padding in numbers");
        }
        Window window = window(node, run.tensor(node, 0).shape(), kernel(weight));
        int[] more = ints(node, "output_padding", rank, 0);
        int groups = (int) node.integer("group", 1);
        return run.tensor(node, 0).convTranspose(weight, run.optional(node, 2), window, groups, more);
    }

    private static int[] poolKernel(GraphNode node) {
        long[] kernel = node.integers("kernel_shape");
        if (kernel == null || kernel.length < 1 || kernel.length > 3) {
            throw node.refused("kernel_shape of 1 to 3 sizes");
        }
        return ints(node, "kernel_shape", kernel.length, 1);
    }

    private static boolean isPadded(Window window) {
        return Arrays.stream(window.before()).sum()
                        + Arrays.stream(window.after()).sum()
                > 0;
    }

    /** The padding as elements of their own, for pools take half a window at most. */
    private static Tensor maxPool(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        Window window = window(node, x.shape(), poolKernel(node));
        if (node.outputs().size() > 1) {
            throw node.refused("one output");
        }
        Tensor padded = isPadded(window) ? filled(x, window.before(), window.after(), Float.NEGATIVE_INFINITY) : x;
        return padded.maxPool(window.padding(0));
    }

    /** Where padding does not count, the mean over all by the share of those that do. */
    private static Tensor avgPool(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        Window window = window(node, x.shape(), poolKernel(node));
        boolean counts = node.integer("count_include_pad", 0) != 0;
        if (!isPadded(window)) {
            return x.avgPool(window, false);
        }
        Tensor padded = x.pad(PadMode.ZEROS, window.before(), window.after());
        Tensor mean = padded.avgPool(window.padding(0), false);
        if (counts) {
            return mean;
        }
        Tensor share = inside(x, window.before(), window.after()).avgPool(window.padding(0), false);
        return mean.div(share);
    }

    /** 1 where an element of x is, 0 in the padding. */
    private static Tensor inside(Tensor x, int[] before, int... after) {
        int[] dims = new int[x.shape().rank()];
        Arrays.setAll(dims, i -> i < 2 ? 1 : x.shape().dim(i));
        return Tensor.ones(dims).pad(PadMode.ZEROS, before, after);
    }

    private static Tensor filled(Tensor x, int[] before, int[] after, float value) {
        Tensor padded = x.pad(PadMode.ZEROS, before, after);
        return value == 0 ? padded : Tensor.where(inside(x, before, after), padded, Tensor.scalar(value));
    }

    private static Tensor global(Tensor x, boolean max) {
        int[] one = new int[x.shape().rank() - 2];
        Arrays.fill(one, 1);
        return max ? x.adaptiveMaxPool(one) : x.adaptiveAvgPool(one);
    }

    private static Tensor pad(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        int[] pads = run.settings(node, "pads", 1);
        int rank = x.shape().rank();
        if (pads == null || pads.length != 2 * rank || run.has(node, 3)) {
            throw node.refused("pads in front of and behind each axis");
        }
        if (pads[0] + pads[1] + pads[rank] + pads[rank + 1] != 0 || rank < 3 || rank > 5) {
            throw node.refused("padding of 1 to 3 axes behind rows and channels");
        }
        int[] before = Arrays.copyOfRange(pads, 2, rank);
        int[] after = Arrays.copyOfRange(pads, rank + 2, 2 * rank);
        return switch (node.text("mode", "constant")) {
            case "constant" -> {
                float value = run.has(node, 2) ? run.number(node, 2) : (float) node.number("value", 0);
                yield filled(x, before, after, value);
            }
            case "reflect" -> x.pad(PadMode.REFLECT, before, after);
            case "edge" -> x.pad(PadMode.REPLICATE, before, after);
            case "wrap" -> x.pad(PadMode.CIRCULAR, before, after);
            default -> throw node.refused("a mode that is constant, reflect, edge or wrap");
        };
    }
}
