package io.sparknn.onnx;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a Sequential of a graph in which each node takes what the one before gave, where all are layers known here. */
final class ChainImport {
    private final GraphFile graph;
    private final List<GraphNode> nodes;
    private final List<Layer> layers = new ArrayList<>();
    private int rank;

    private ChainImport(GraphFile graph, List<GraphNode> nodes) {
        this.graph = graph;
        this.nodes = nodes;
    }

    /** The layers; null if the graph is another one. */
    static Layer of(GraphFile graph) {
        List<GraphNode> nodes = Pruning.needed(graph);
        if (graph.inputs().size() != 1 || nodes.isEmpty()) {
            return null;
        }
        ChainImport chain = new ChainImport(graph, nodes);
        String input = graph.inputs().keySet().iterator().next();
        int[] dims = graph.inputs().get(input);
        chain.rank = dims == null ? 0 : dims.length;
        return chain.isChain(input) && chain.build() ? new Sequential(chain.layers.toArray(new Layer[0])) : null;
    }

    private boolean isChain(String input) {
        Map<String, Integer> uses = new HashMap<>();
        Set<String> made = new HashSet<>(Set.of(input));
        for (GraphNode node : nodes) {
            node.inputs().forEach(name -> uses.merge(name, 1, Integer::sum));
            made.addAll(node.outputs());
        }
        String last = input;
        for (GraphNode node : nodes) {
            String from = node.operator().equals("Gather") ? node.input(1) : node.input(0);
            long computed = node.inputs().stream().filter(made::contains).count();
            boolean next = from.equals(last) && computed == 1 && uses.get(last) == 1;
            if (!next || node.outputs().size() != 1) {
                return false;
            }
            last = node.outputs().get(0);
        }
        return last.equals(graph.output());
    }

    private boolean build() {
        for (int i = 0; i < nodes.size(); i++) {
            GraphNode node = nodes.get(i);
            GraphNode next = i + 1 < nodes.size() ? nodes.get(i + 1) : null;
            Layer layer = null;
            if (isBias(node, next)) {
                layer = ChainLayers.linear(weight(node, 1), weight(next, 1));
                i++;
            } else {
                layer = ChainLayers.of(this, node);
            }
            if (layer == null) {
                return false;
            }
            layers.add(layer);
        }
        return true;
    }

    /** A product with a matrix and a vector added to it. */
    private boolean isBias(GraphNode node, GraphNode next) {
        if (next == null
                || !node.operator().equals("MatMul")
                || !next.operator().equals("Add")) {
            return false;
        }
        Constant matrix = weight(node, 1);
        Constant bias = weight(next, 1);
        return matrix != null
                && matrix.rank() == 2
                && bias != null
                && bias.rank() == 1
                && bias.size() == matrix.dims()[1];
    }

    /** A constant of floats that a node has as its input; null if it has none. */
    Constant weight(GraphNode node, int input) {
        Constant constant = graph.constants().get(node.input(input));
        return constant != null && constant.isFloat() ? constant : null;
    }

    /** Constant whole numbers; null if there are none. */
    long[] integers(GraphNode node, int input) {
        Constant constant = graph.constants().get(node.input(input));
        return constant != null && !constant.isFloat() ? constant.integers() : null;
    }

    /** The rank of what the next node gets; 0 if it is not known. */
    int rank() {
        return rank;
    }

    void rank(int now) {
        rank = now;
    }

    static Tensor tensor(Constant constant) {
        return Tensor.of(constant.floats(), Shape.of(constant.dims()));
    }
}
