package io.sparknn.onnx;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Reading;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of ONNX operators that is no chain of known layers, as one layer: {@link Onnx#load} makes it.
 *
 * <ul>
 *   <li>input: those of the graph, rows first; output: its only one
 *   <li>parameters: the graph's tensors of two floats or more, under their names there, other signs than letters, digits
 *       and _ being replaced by _; running statistics are buffers
 *   <li>initial values: those of the file
 *   <li>training and evaluation differ in nothing: dropout is left out, statistics stay as they are
 *   <li>throws: IllegalArgumentException if a node does not fit
 * </ul>
 *
 * <p>Source: onnx.ai, operators of opset 13 and newer.
 *
 * <pre>{@code
 * Layer network = Onnx.load("network.onnx");
 * network.forward(Tensor.rand(2, 64));
 * }</pre>
 */
public final class OnnxLayer extends Layer {
    private static final long serialVersionUID = 1L;

    private final transient Definition definition;
    private final transient Map<String, Object> constants = new HashMap<>();
    private final transient Map<String, Parameter> weights = new HashMap<>();

    /**
     * A graph.
     *
     * @param definition the graph as text
     */
    public OnnxLayer(String definition) {
        super(definition);
        this.definition = Definition.parse(definition);
        for (Constant constant : this.definition.constants()) {
            constants.put(constant.name(), value(constant));
        }
        for (Definition.Weight weight : this.definition.weights()) {
            Parameter parameter = weight.buffer
                    ? addBuffer(weight.key, Init.zeros(), weight.dims)
                    : addParameter(weight.key, Init.zeros(), weight.dims);
            weights.put(weight.name, parameter);
        }
    }

    private static Object value(Constant constant) {
        return constant.isFloat()
                ? Tensor.of(constant.floats(), Shape.of(constant.dims()))
                : new Integers(constant.rank() == 0, constant.integers());
    }

    /** A layer of a graph with its values. */
    static OnnxLayer of(GraphFile graph) {
        OnnxLayer layer = new OnnxLayer(Definition.of(graph).toJson());
        layer.weights.forEach((name, parameter) ->
                parameter.set(Tensor.of(graph.constants().get(name).floats(), parameter.shape())));
        return layer;
    }

    @Override
    public Tensor forward(Tensor... x) {
        if (x.length != definition.inputs().size()) {
            throw new IllegalArgumentException(who() + " expects the inputs " + definition.inputs() + ", got "
                    + x.length + " tensors; give one for each");
        }
        Map<String, Object> known = new HashMap<>(constants);
        known.putAll(weights);
        Run run = new Run(known);
        for (int i = 0; i < x.length; i++) {
            run.input(definition.inputs().get(i), x[i]);
        }
        for (GraphNode node : definition.nodes()) {
            Nodes.run(run, node);
        }
        if (run.value(definition.output()) instanceof Tensor y) {
            return y;
        }
        throw new IllegalArgumentException(who() + " expects a tensor as the graph's output, got sizes");
    }

    /** Sizes that the file tells. */
    @Override
    protected int[] inputSizes() {
        int[] built = super.inputSizes();
        int[] dims = definition.inputs().size() == 1 ? definition.shape(0) : new int[0];
        boolean told = dims.length > 1 && Arrays.stream(dims).skip(1).allMatch(dim -> dim > 0);
        return built != null || !told ? built : Arrays.copyOfRange(dims, 1, dims.length);
    }

    /** Ids where the input is looked up in a table. */
    @Override
    public Reading reading(int input, int count) {
        if (input < definition.inputs().size()) {
            String name = definition.inputs().get(input);
            for (GraphNode node : definition.nodes()) {
                Parameter table = weights.get(node.input(0));
                if (node.operator().equals("Gather") && node.input(1).equals(name) && table != null) {
                    return Reading.ids(table.shape().dim(0));
                }
            }
        }
        return super.reading(input, count);
    }

    @Override
    public String toString() {
        List<String> operators = new ArrayList<>();
        definition.nodes().forEach(node -> operators.add(node.operator()));
        return "OnnxLayer(" + String.join(", ", operators) + ")";
    }
}
