package io.sparknn.onnx;

import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.Arrays;

/** Nodes that move elements, look them up, or reduce. */
final class ShapeNodes {
    private ShapeNodes() {}

    /** The result; null if the node is none of these. */
    static Object apply(Run run, GraphNode node) {
        return switch (node.operator()) {
            case "Reshape" -> reshape(run, node);
            case "Flatten" -> {
                if (node.integer("axis", 1) != 1) {
                    throw node.refused("axis 1, so that rows stay rows");
                }
                yield run.tensor(node, 0).flatten(1);
            }
            case "Transpose" -> transpose(run, node);
            case "Squeeze" -> squeeze(run, node);
            case "Unsqueeze" -> unsqueeze(run, node);
            case "Expand" -> expand(run, node);
            case "Concat" -> {
                Tensor[] parts = new Tensor[node.inputs().size()];
                Arrays.setAll(parts, i -> run.tensor(node, i));
                yield Tensor.cat((int) node.integer("axis", 0), parts);
            }
            case "Slice" -> slice(run, node);
            case "Gather" -> gather(run, node);
            case "GatherElements" -> run.tensor(node, 0).gather((int) node.integer("axis", 0), run.tensor(node, 1));
            case "OneHot" -> oneHot(run, node);
            default -> along(run, node);
        };
    }

    private static Tensor reshape(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        long[] wanted = run.integers(node, 1).values();
        int zeros = 0;
        while (zeros < wanted.length && (wanted[zeros] == 0 || wanted[zeros] == Integers.ROWS)) {
            zeros++;
        }
        // Axes that stay and the others in one: possible wherever the rows are.
        if (zeros > 0
                && zeros == wanted.length - 1
                && wanted[zeros] == -1
                && zeros < x.shape().rank()) {
            return x.flatten(zeros);
        }
        if (run.isFixed(node.input(0))) {
            return x.reshape(sizes(node, x, 0, wanted));
        }
        if (wanted.length == 0) {
            throw node.refused("rows that stay rows");
        }
        int[] sizes = sizes(node, x, 1, wanted);
        return x.reshape(sizes);
    }

    /** The sizes behind the first axes, which are rows; all of them known. */
    private static int[] sizes(GraphNode node, Tensor x, int first, long... wanted) {
        int[] sizes = new int[wanted.length];
        long all = 1;
        for (int i = first; i < x.shape().rank(); i++) {
            all *= x.shape().dim(i);
        }
        int open = -1;
        long known = 1;
        for (int i = first; i < sizes.length; i++) {
            long size = wanted[i] == 0 ? x.shape().dim(i) : wanted[i];
            if (size == -1 && open < 0) {
                open = i;
            } else if (size < 0 || size > Integer.MAX_VALUE) {
                throw node.refused("sizes in which rows come first");
            } else {
                known *= size;
            }
            sizes[i] = (int) size;
        }
        if (open >= 0) {
            sizes[open] = (int) (known == 0 ? 0 : all / known);
            known *= sizes[open];
        }
        if (known != all) {
            throw node.refused("sizes in which rows stay rows, for an input " + x.shape());
        }
        if (first > 0) {
            sizes[0] = Shape.UNKNOWN;
        }
        return sizes;
    }

    private static Tensor transpose(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        long[] perm = node.integers("perm");
        int rank = x.shape().rank();
        int[] axes = new int[rank];
        Arrays.setAll(axes, i -> perm == null ? rank - 1 - i : i < perm.length ? (int) perm[i] : 0);
        return x.permute(axes);
    }

    private static int[] axes(GraphNode node, int rank, int... axes) {
        int[] sorted = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            sorted[i] = axes[i] < 0 ? axes[i] + rank : axes[i];
            if (sorted[i] < 0 || sorted[i] >= rank) {
                throw node.refused("axes of a tensor of rank " + rank);
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    private static Tensor squeeze(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        int[] named = run.settings(node, "axes", 1);
        if (named == null) {
            throw node.refused("axes by number");
        }
        int[] axes = axes(node, x.shape().rank(), named);
        for (int i = axes.length - 1; i >= 0; i--) {
            x = x.squeeze(axes[i]);
        }
        return x;
    }

    private static Tensor unsqueeze(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        int[] named = run.settings(node, "axes", 1);
        if (named == null) {
            throw node.refused("axes by number");
        }
        for (int axis : axes(node, x.shape().rank() + named.length, named)) {
            x = x.unsqueeze(axis);
        }
        return x;
    }

    /** Sizes of 1, and those of the rows, leave an axis as it is. */
    private static Tensor expand(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        long[] wanted = run.integers(node, 1).values();
        int rank = Math.max(wanted.length, x.shape().rank());
        int[] sizes = new int[rank];
        for (int i = 0; i < rank; i++) {
            int own = i - (rank - x.shape().rank());
            int given = i - (rank - wanted.length);
            long size = given < 0 ? 1 : wanted[given];
            boolean keep = size == 1 || size == Integers.ROWS;
            sizes[i] = keep ? (own < 0 ? 1 : Shape.UNKNOWN) : (int) size;
        }
        long elements = Arrays.stream(sizes)
                .mapToLong(size -> Math.max(1, size))
                .reduce(1, (a, b) -> a * b > 1 << 28 ? 1L << 28 : a * b);
        if (elements >= 1 << 28) {
            throw node.refused("a result of less than 2^28 elements");
        }
        return x.expand(sizes);
    }

    private static Tensor slice(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        int[] starts = run.settings(node, "starts", 1);
        int[] ends = run.settings(node, "ends", 2);
        int[] axes = run.settings(node, "axes", 3);
        int[] steps = run.settings(node, "steps", 4);
        if (starts == null || ends == null || starts.length != ends.length) {
            throw node.refused("as many starts as ends");
        }
        for (int i = 0; i < starts.length; i++) {
            if (steps != null && steps[i] != 1) {
                throw node.refused("steps of 1");
            }
            int axis = axes == null ? i : axes(node, x.shape().rank(), axes[i])[0];
            int size = x.shape().dim(axis);
            int from = Math.max(0, Math.min(size, starts[i] < 0 ? starts[i] + size : starts[i]));
            int to = Math.max(from, Math.min(size, ends[i] < 0 ? ends[i] + size : ends[i]));
            x = from == 0 && to == size ? x : x.slice(axis, from, to);
        }
        return x;
    }

    /** Rows of a table by ids, or places of an axis by numbers. */
    private static Tensor gather(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        int axis = (int) node.integer("axis", 0);
        if (run.value(node, 1) instanceof Integers places && places.isScalar()) {
            int size = x.shape().dim(axis);
            int at = places.ints(node)[0] < 0 ? places.ints(node)[0] + size : places.ints(node)[0];
            return x.slice(axis, at, at + 1).squeeze(axis);
        }
        Tensor index = run.tensor(node, 1);
        return axis == 0 && run.isFixed(node.input(0)) && x.shape().rank() == 2
                ? index.embedding(x, -1)
                : x.indexSelect(axis, index);
    }

    private static Tensor oneHot(Run run, GraphNode node) {
        Tensor values = run.tensor(node, 2);
        boolean plain = values.shape().size() == 2 && values.get(0) == 0 && values.get(1) == 1;
        if (!plain || node.integer("axis", -1) != -1) {
            throw node.refused("values 0 and 1 along the last axis");
        }
        return run.tensor(node, 0).oneHot((int) run.number(node, 1));
    }

    private static Tensor along(Run run, GraphNode node) {
        boolean keep = node.integer("keepdims", 1) != 0;
        return switch (node.operator()) {
            case "Softmax" -> run.tensor(node, 0).softmax((int) node.integer("axis", -1));
            case "LogSoftmax" -> run.tensor(node, 0).logSoftmax((int) node.integer("axis", -1));
            case "ReduceMean" -> run.tensor(node, 0).mean(keep, reduced(run, node));
            case "ReduceSum" -> run.tensor(node, 0).sum(keep, reduced(run, node));
            case "ReduceMax" -> run.tensor(node, 0).max(keep, reduced(run, node));
            case "ReduceMin" -> run.tensor(node, 0).min(keep, reduced(run, node));
            case "ReduceL2" -> run.tensor(node, 0).norm(keep, reduced(run, node));
            case "ArgMax" -> {
                int axis = axes(node, run.tensor(node, 0).shape().rank(), (int) node.integer("axis", 0))[0];
                Tensor places = run.tensor(node, 0).argmax(axis);
                yield keep ? places.unsqueeze(axis) : places;
            }
            default -> null;
        };
    }

    private static int[] reduced(Run run, GraphNode node) {
        int[] axes = run.settings(node, "axes", 1);
        return axes == null
                ? new int[0]
                : axes(node, run.tensor(node, 0).shape().rank(), axes);
    }
}
