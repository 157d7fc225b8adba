package io.sparknn.onnx;

import io.sparknn.tensor.Tensor;
import java.util.Arrays;

/** Nodes that compute with sizes: on whole numbers, not on tensors. */
final class SizeNodes {
    private SizeNodes() {}

    /** The result; null if the node is none of these, or its input is a tensor. */
    static Object apply(Run run, GraphNode node) {
        if (node.operator().equals("Shape")) {
            return shape(run, node);
        }
        if (node.operator().equals("ConstantOfShape")) {
            throw node.refused("to be an initial state, which is 0 here");
        }
        if (node.inputs().isEmpty() || !(run.value(node, 0) instanceof Integers first)) {
            return null;
        }
        return switch (node.operator()) {
            case "Identity", "Cast" -> first;
            case "Gather" -> gather(run, node, first);
            case "Slice" -> slice(run, node, first);
            case "Concat" -> concat(run, node);
            case "Unsqueeze" -> new Integers(false, first.values());
            case "Squeeze" -> new Integers(first.size() == 1, first.values());
            case "Reshape" -> new Integers(run.integers(node, 1).size() == 0, first.values());
            case "Add", "Sub", "Mul", "Div" -> arithmetic(run, node, first);
            default -> null;
        };
    }

    private static Integers shape(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        int rank = x.shape().rank();
        long[] sizes = new long[rank];
        for (int i = 0; i < rank; i++) {
            sizes[i] = i == 0 ? Integers.ROWS : x.shape().dim(i);
        }
        int from = place(node.integer("start", 0), rank);
        int to = place(node.integer("end", rank), rank);
        return new Integers(false, Arrays.copyOfRange(sizes, from, Math.max(from, to)));
    }

    private static int place(long index, int size) {
        return (int) Math.max(0, Math.min(size, index < 0 ? index + size : index));
    }

    private static Integers gather(Run run, GraphNode node, Integers from) {
        Integers places = run.integers(node, 1);
        int[] indices = places.ints(node);
        long[] values = new long[indices.length];
        for (int i = 0; i < values.length; i++) {
            int at = indices[i] < 0 ? indices[i] + from.size() : indices[i];
            if (at < 0 || at >= from.size()) {
                throw node.refused("places that are there");
            }
            values[i] = from.values()[at];
        }
        return new Integers(places.isScalar(), values);
    }

    private static Integers slice(Run run, GraphNode node, Integers from) {
        int[] starts = run.settings(node, "starts", 1);
        int[] ends = run.settings(node, "ends", 2);
        int[] steps = run.settings(node, "steps", 4);
        if (starts == null || starts.length != 1 || ends == null || (steps != null && steps[0] != 1)) {
            throw node.refused("one axis and steps of 1");
        }
        int start = place(starts[0], from.size());
        int end = place(ends[0], from.size());
        return new Integers(false, Arrays.copyOfRange(from.values(), start, Math.max(start, end)));
    }

    private static Integers concat(Run run, GraphNode node) {
        long[] all = new long[0];
        for (int i = 0; i < node.inputs().size(); i++) {
            long[] part = run.integers(node, i).values();
            int size = all.length;
            all = Arrays.copyOf(all, size + part.length);
            System.arraycopy(part, 0, all, size, part.length);
        }
        return new Integers(false, all);
    }

    private static Integers arithmetic(Run run, GraphNode node, Integers a) {
        Integers b = run.integers(node, 1);
        int size = Math.max(a.size(), b.size());
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            long left = a.ints(node)[a.size() == 1 ? 0 : i];
            long right = b.ints(node)[b.size() == 1 ? 0 : i];
            if (right == 0 && node.operator().equals("Div")) {
                throw node.refused("sizes that are not divided by 0");
            }
            values[i] = switch (node.operator()) {
                case "Add" -> left + right;
                case "Sub" -> left - right;
                case "Mul" -> left * right;
                default -> left / right;
            };
        }
        return new Integers(a.isScalar() && b.isScalar(), values);
    }
}
