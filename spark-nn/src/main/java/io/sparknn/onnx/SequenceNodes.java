package io.sparknn.onnx;

import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Unroll;
import java.util.Arrays;

/** Recurrent nodes, and others of several outputs. */
final class SequenceNodes {
    private SequenceNodes() {}

    /** Computes the node; false if it is none of these. */
    static boolean run(Run run, GraphNode node) {
        switch (node.operator()) {
            case "RNN" -> recurrent(run, node, 0);
            case "GRU" -> recurrent(run, node, 1, 0, 2);
            case "LSTM" -> recurrent(run, node, 0, 2, 3, 1);
            case "Split" -> split(run, node);
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * A recurrent layer.
     *
     * @param order of the gates: which of ONNX stands where with us
     */
    private static void recurrent(Run run, GraphNode node, int... order) {
        check(run, node);
        Tensor x = run.tensor(node, 0).transpose(0, 1);
        String direction = node.text("direction", "forward");
        int count = direction.equals("bidirectional") ? 2 : 1;
        Tensor[] states = new Tensor[count];
        Tensor[] last = new Tensor[count];
        for (int i = 0; i < count; i++) {
            boolean back = i == 1 || direction.equals("reverse");
            Tensor[] weights = weights(run, node, i, order);
            if (wants(node, 0)) {
                states[i] = apply(node, x, back ? Unroll.BACKWARD : Unroll.FORWARD, weights)
                        .transpose(0, 1)
                        .unsqueeze(1);
            }
            if (wants(node, 1)) {
                last[i] = apply(node, x, back ? Unroll.LAST_BACKWARD : Unroll.LAST_FORWARD, weights)
                        .unsqueeze(0);
            }
        }
        if (wants(node, 0)) {
            run.put(node, 0, Tensor.cat(1, states));
        }
        if (wants(node, 1)) {
            run.put(node, 1, Tensor.cat(0, last));
        }
    }

    private static boolean wants(GraphNode node, int output) {
        return output < node.outputs().size() && !node.outputs().get(output).isEmpty();
    }

    private static void check(Run run, GraphNode node) {
        boolean states = run.has(node, 4) || run.has(node, 5) || run.has(node, 6) || run.has(node, 7);
        if (states || wants(node, 2)) {
            throw node.refused("rows of one length, a state that begins at 0, and no cells as output");
        }
        String each =
                switch (node.operator()) {
                    case "RNN" -> "Tanh|Relu";
                    case "GRU" -> "Sigmoid,Tanh";
                    default -> "Sigmoid,Tanh,Tanh";
                };
        // The same for each direction.
        String activations = node.text("activations", "");
        boolean usual = activations.isEmpty() || activations.matches("(" + each + ")(,\\1)?");
        if (node.integer("layout", 0) != 0 || node.has("clip") || !usual) {
            throw node.refused("the default layout and activations");
        }
        if (node.operator().equals("GRU") && node.integer("linear_before_reset", 0) == 0) {
            throw node.refused("linear_before_reset, as PyTorch has it");
        }
    }

    private static Tensor apply(GraphNode node, Tensor x, Unroll unroll, Tensor... weights) {
        return switch (node.operator()) {
            case "RNN" ->
                node.text("activations", "Tanh").startsWith("Relu")
                        ? x.rnnRelu(unroll, weights)
                        : x.rnn(unroll, weights);
            case "GRU" -> x.gru(unroll, weights);
            default -> x.lstm(unroll, weights);
        };
    }

    private static Tensor[] weights(Run run, GraphNode node, int direction, int... order) {
        Tensor ofElements = one(run.tensor(node, 1), direction);
        Tensor ofState = one(run.tensor(node, 2), direction);
        int all = ofState.shape().dim(0);
        int size = all / order.length;
        Tensor biases = run.has(node, 3) ? one(run.tensor(node, 3), direction) : Tensor.zeros(2 * all);
        return new Tensor[] {
            ordered(ofElements, size, order),
            ordered(ofState, size, order),
            ordered(biases.slice(0, 0, all), size, order),
            ordered(biases.slice(0, all, 2 * all), size, order)
        };
    }

    private static Tensor one(Tensor x, int direction) {
        return x.slice(0, direction, direction + 1).squeeze(0);
    }

    private static Tensor ordered(Tensor x, int size, int... order) {
        Tensor[] gates = Arrays.stream(order)
                .mapToObj(gate -> x.slice(0, gate * size, (gate + 1) * size))
                .toArray(Tensor[]::new);
        return Tensor.cat(0, gates);
    }

    private static void split(Run run, GraphNode node) {
        Tensor x = run.tensor(node, 0);
        int axis = (int) node.integer("axis", 0);
        int count = node.outputs().size();
        int[] sizes = run.settings(node, "split", 1);
        if (sizes == null) {
            int size = (x.shape().dim(axis) + count - 1) / count;
            int last = x.shape().dim(axis) - size * (count - 1);
            sizes = new int[count];
            Arrays.fill(sizes, size);
            sizes[count - 1] = last;
        }
        if (sizes.length != count) {
            throw node.refused("a size for each output");
        }
        int from = 0;
        for (int i = 0; i < count; i++) {
            run.put(node, i, x.slice(axis, from, from + sizes[i]));
            from += sizes[i];
        }
    }
}
