package io.sparknn.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a graph its output needs. Initial states of 0 are left out, with all that computes their sizes. */
final class Pruning {
    private final Map<String, GraphNode> makers = new HashMap<>();
    private final Map<String, Constant> constants;

    private Pruning(GraphFile graph) {
        constants = graph.constants();
        for (GraphNode node : graph.nodes()) {
            node.outputs().forEach(output -> makers.put(output, node));
        }
    }

    static List<GraphNode> needed(GraphFile graph) {
        Pruning pruning = new Pruning(graph);
        Map<GraphNode, GraphNode> kept = new HashMap<>();
        Deque<String> wanted = new ArrayDeque<>(List.of(graph.output()));
        Set<String> seen = new HashSet<>();
        while (!wanted.isEmpty()) {
            String name = wanted.pop();
            GraphNode node = pruning.makers.get(name);
            if (name.isEmpty() || !seen.add(name) || node == null || kept.containsKey(node)) {
                continue;
            }
            GraphNode plain = pruning.withoutStates(node);
            kept.put(node, plain);
            wanted.addAll(plain.inputs());
        }
        Set<String> used = new HashSet<>();
        kept.values().forEach(node -> used.addAll(node.inputs()));
        used.add(graph.output());
        List<GraphNode> inOrder = new ArrayList<>();
        for (GraphNode node : graph.nodes()) {
            if (kept.containsKey(node)) {
                inOrder.add(withoutOutputs(kept.get(node), used));
            }
        }
        return inOrder;
    }

    /** Outputs that nobody uses get no name. */
    private static GraphNode withoutOutputs(GraphNode node, Set<String> used) {
        List<String> outputs = new ArrayList<>(node.outputs());
        for (int i = 0; i < outputs.size(); i++) {
            outputs.set(i, used.contains(outputs.get(i)) ? outputs.get(i) : "");
        }
        while (outputs.size() > 1 && outputs.get(outputs.size() - 1).isEmpty()) {
            outputs.remove(outputs.size() - 1);
        }
        boolean splits = node.operator().equals("Split");
        return new GraphNode(node.operator(), node.inputs(), splits ? node.outputs() : outputs, node.attributes());
    }

    private GraphNode withoutStates(GraphNode node) {
        if (!Set.of("LSTM", "GRU", "RNN").contains(node.operator())) {
            return node;
        }
        List<String> inputs = new ArrayList<>(node.inputs());
        for (int i = 5; i < Math.min(7, inputs.size()); i++) {
            inputs.set(i, isZero(inputs.get(i), 0) ? "" : inputs.get(i));
        }
        return new GraphNode(node.operator(), Collections.unmodifiableList(inputs), node.outputs(), node.attributes());
    }

    /** Whether a tensor is 0 whatever its size. */
    private boolean isZero(String name, int depth) {
        Constant constant = constants.get(name);
        if (constant != null) {
            boolean zero = constant.isFloat();
            for (int i = 0; zero && i < constant.size(); i++) {
                zero = constant.floats()[i] == 0;
            }
            return zero;
        }
        GraphNode node = makers.get(name);
        if (node == null || depth > 16) {
            return false;
        }
        return switch (node.operator()) {
            case "ConstantOfShape" -> {
                Object value = node.attributes().get("value");
                yield value == null
                        || (value instanceof Constant of && of.isFloat() && of.size() == 1 && of.floats()[0] == 0);
            }
            case "Expand", "Slice", "Unsqueeze", "Squeeze", "Identity", "Transpose", "Reshape", "Concat" ->
                isZero(node.input(0), depth + 1)
                        && (!node.operator().equals("Concat")
                                || node.inputs().stream().allMatch(input -> isZero(input, depth + 1)));
            default -> false;
        };
    }
}
