package io.sparknn.onnx;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph without the values of its parameters, as the text that a layer is made from: inputs, nodes, the shapes of
 * parameters, and the values of small constants.
 */
final class Definition {
    private final List<String> inputs = new ArrayList<>();
    private final List<int[]> shapes = new ArrayList<>();
    private final List<GraphNode> nodes = new ArrayList<>();
    private final List<Constant> constants = new ArrayList<>();
    private final List<Weight> weights = new ArrayList<>();
    private final String output;

    private Definition(String output) {
        this.output = output;
    }

    /** A tensor that the layer has as a parameter or a buffer. */
    static final class Weight {
        final String name;
        final String key;
        final boolean buffer;
        final int[] dims;

        Weight(String name, String key, boolean buffer, int... dims) {
            this.name = name;
            this.key = key;
            this.buffer = buffer;
            this.dims = dims;
        }
    }

    /** What a graph needs for its output. Single numbers and whole ones are constants, all others weights. */
    static Definition of(GraphFile graph) {
        Definition definition = new Definition(graph.output());
        List<GraphNode> needed = Pruning.needed(graph);
        Set<String> used = new HashSet<>();
        Set<String> buffers = new HashSet<>();
        Set<String> unknown = new java.util.TreeSet<>();
        for (GraphNode node : needed) {
            used.addAll(node.inputs());
            if (node.operator().equals("BatchNormalization")) {
                buffers.add(node.input(3));
                buffers.add(node.input(4));
            }
            if (!Nodes.KNOWN.contains(node.operator())) {
                unknown.add(node.operator());
            }
        }
        if (!unknown.isEmpty()) {
            throw Nodes.unknown(String.join(", ", unknown));
        }
        used.add(graph.output());
        definition.nodes.addAll(needed);
        graph.inputs().forEach((name, dims) -> {
            if (used.contains(name)) {
                definition.inputs.add(name);
                definition.shapes.add(dims == null ? new int[0] : dims);
            }
        });
        if (definition.inputs.isEmpty()) {
            throw ProtobufReader.damaged("a graph without an input");
        }
        definition.takeConstants(graph, used, buffers);
        return definition;
    }

    private void takeConstants(GraphFile graph, Set<String> used, Set<String> buffers) {
        Set<String> keys = new HashSet<>();
        for (Constant constant : graph.constants().values()) {
            if (!used.contains(constant.name())) {
                continue;
            }
            if (!constant.isFloat() || constant.size() < 2) {
                constants.add(constant);
                continue;
            }
            String key = constant.name().replaceAll("[^A-Za-z0-9_]", "_");
            key = key.isEmpty() ? "weight" : key;
            for (int i = 2; !keys.add(key); i++) {
                key = key + "_" + i;
            }
            weights.add(new Weight(constant.name(), key, buffers.contains(constant.name()), constant.dims()));
        }
    }

    List<String> inputs() {
        return inputs;
    }

    int[] shape(int input) {
        return shapes.get(input).clone();
    }

    List<GraphNode> nodes() {
        return nodes;
    }

    List<Constant> constants() {
        return constants;
    }

    List<Weight> weights() {
        return weights;
    }

    String output() {
        return output;
    }

    // ---------------------------------------------------------------- as text

    String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("inputs", inputs);
        List<Object> sizes = new ArrayList<>();
        shapes.forEach(dims -> sizes.add(list(dims)));
        json.put("shapes", sizes);
        List<Object> list = new ArrayList<>();
        for (GraphNode node : nodes) {
            Map<String, Object> attributes = new LinkedHashMap<>();
            node.attributes().forEach((name, value) -> attributes.put(name, attribute(node, value)));
            list.add(List.of(node.operator(), node.inputs(), node.outputs(), attributes));
        }
        json.put("nodes", list);
        List<Object> numbers = new ArrayList<>();
        constants.forEach(constant -> numbers.add(encode(constant)));
        json.put("constants", numbers);
        List<Object> named = new ArrayList<>();
        weights.forEach(weight -> named.add(List.of(weight.name, weight.key, weight.buffer, list(weight.dims))));
        json.put("weights", named);
        json.put("output", output);
        return Json.write(json);
    }

    private static Object attribute(GraphNode node, Object value) {
        if (value instanceof long[] array) {
            return list(array);
        }
        if (value instanceof Constant) {
            throw node.refused("attributes that are numbers or texts");
        }
        return value instanceof Double number && !Double.isFinite(number) ? number.toString() : value;
    }

    private static Object encode(Constant constant) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < constant.size(); i++) {
            if (constant.isFloat()) {
                float value = constant.floats()[i];
                values.add(Float.isFinite(value) ? (Object) value : Float.toString(value));
            } else {
                values.add(constant.integers()[i]);
            }
        }
        return List.of(constant.name(), constant.isFloat(), list(constant.dims()), values);
    }

    private static List<Object> list(int... numbers) {
        List<Object> list = new ArrayList<>();
        for (int number : numbers) {
            list.add(number);
        }
        return list;
    }

    private static List<Object> list(long... numbers) {
        List<Object> list = new ArrayList<>();
        for (long number : numbers) {
            list.add(number);
        }
        return list;
    }

    static Definition parse(String text) {
        try {
            Map<?, ?> json = (Map<?, ?>) Json.parse(text);
            Definition definition = new Definition((String) json.get("output"));
            ((List<?>) json.get("inputs")).forEach(name -> definition.inputs.add((String) name));
            ((List<?>) json.get("shapes")).forEach(dims -> definition.shapes.add(ints(dims)));
            ((List<?>) json.get("nodes")).forEach(node -> definition.nodes.add(node((List<?>) node)));
            ((List<?>) json.get("constants")).forEach(c -> definition.constants.add(constant((List<?>) c)));
            for (Object element : (List<?>) json.get("weights")) {
                List<?> weight = (List<?>) element;
                definition.weights.add(new Weight(
                        (String) weight.get(0), (String) weight.get(1), (Boolean) weight.get(2), ints(weight.get(3))));
            }
            return definition;
        } catch (FormatException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "OnnxLayer expects the definition that Onnx.load made, got another text: " + e.getMessage(), e);
        }
    }

    private static GraphNode node(List<?> json) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        ((Map<?, ?>) json.get(3)).forEach((name, value) -> {
            Object read = value instanceof List ? longs(value) : value;
            boolean special = "NaN".equals(read) || "Infinity".equals(read) || "-Infinity".equals(read);
            attributes.put((String) name, special ? Double.valueOf((String) read) : read);
        });
        return new GraphNode((String) json.get(0), texts(json.get(1)), texts(json.get(2)), attributes);
    }

    private static Constant constant(List<?> json) {
        String name = (String) json.get(0);
        int[] dims = ints(json.get(2));
        List<?> values = (List<?>) json.get(3);
        if (!(Boolean) json.get(1)) {
            return Constant.of(name, dims, longs(values));
        }
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i) instanceof String text
                    ? Float.parseFloat(text)
                    : ((Number) values.get(i)).floatValue();
        }
        return Constant.of(name, dims, floats);
    }

    private static List<String> texts(Object json) {
        List<String> texts = new ArrayList<>();
        ((List<?>) json).forEach(text -> texts.add((String) text));
        return texts;
    }

    private static long[] longs(Object json) {
        return ((List<?>) json).stream().mapToLong(number -> (Long) number).toArray();
    }

    private static int[] ints(Object json) {
        return ((List<?>) json)
                .stream().mapToInt(number -> Math.toIntExact((Long) number)).toArray();
    }
}
