package io.sparknn.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node of a graph that was read: its operator, its attributes, and the names that go in and out. */
final class GraphNode {
    private final String operator;
    private final List<String> inputs;
    private final List<String> outputs;
    private final Map<String, Object> attributes;

    /** Attributes are Longs, Doubles, Strings (several joined by commas), arrays of longs, and {@link Constant}s. */
    GraphNode(String operator, List<String> inputs, List<String> outputs, Map<String, Object> attributes) {
        this.operator = operator;
        this.inputs = Collections.unmodifiableList(inputs);
        this.outputs = Collections.unmodifiableList(outputs);
        this.attributes = Collections.unmodifiableMap(attributes);
    }

    String operator() {
        return operator;
    }

    List<String> inputs() {
        return inputs;
    }

    List<String> outputs() {
        return outputs;
    }

    Map<String, Object> attributes() {
        return attributes;
    }

    /** The name of an input; empty if it is left out. */
    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    boolean has(String name) {
        return attributes.containsKey(name);
    }

    long integer(String name, long otherwise) {
        return attributes.get(name) == null ? otherwise : value(name, Long.class);
    }

    double number(String name, double otherwise) {
        return attributes.get(name) == null ? otherwise : value(name, Double.class);
    }

    String text(String name, String otherwise) {
        return attributes.get(name) == null ? otherwise : value(name, String.class);
    }

    /** Null if it is left out. */
    long[] integers(String name) {
        return attributes.get(name) == null ? null : value(name, long[].class);
    }

    private <T> T value(String name, Class<T> type) {
        Object value = attributes.get(name);
        if (!type.isInstance(value)) {
            throw refused(name + " as " + type.getSimpleName());
        }
        return type.cast(value);
    }

    /** What is expected of this node, and not so. */
    IllegalArgumentException refused(String expected) {
        return new IllegalArgumentException(
                "ONNX import expects of " + this + " " + expected + "; export the model again with other settings");
    }

    @Override
    public String toString() {
        return operator + "(" + String.join(", ", inputs) + ")";
    }

    static GraphNode read(ProtobufReader in) {
        String operator = "";
        String domain = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Object> attributes = new LinkedHashMap<>();
        while (in.next()) {
            switch (in.field()) {
                case Proto.NODE_INPUT -> inputs.add(in.text());
                case Proto.NODE_OUTPUT -> outputs.add(in.text());
                case Proto.NODE_OP -> operator = in.text();
                case Proto.NODE_DOMAIN -> domain = in.text();
                case Proto.NODE_ATTRIBUTE -> attribute(in.message(), attributes);
                default -> in.skip();
            }
        }
        if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
            throw new IllegalArgumentException("ONNX import expects operators of ONNX itself, got " + operator + " of "
                    + domain + "; export the model without extensions");
        }
        if (outputs.isEmpty()) {
            throw ProtobufReader.damaged("a node " + operator + " without an output");
        }
        return new GraphNode(operator, inputs, outputs, attributes);
    }

    private static void attribute(ProtobufReader in, Map<String, Object> attributes) {
        String name = "";
        Object value = null;
        ProtobufReader.LongList integers = new ProtobufReader.LongList();
        List<String> texts = new ArrayList<>();
        int type = 0;
        while (in.next()) {
            switch (in.field()) {
                case Proto.ATTRIBUTE_NAME -> name = in.text();
                case Proto.ATTRIBUTE_FLOAT -> value = (double) in.fraction();
                case Proto.ATTRIBUTE_INT -> value = in.integer();
                case Proto.ATTRIBUTE_TEXT -> value = in.text();
                case Proto.ATTRIBUTE_TENSOR -> value = Constant.read(in.message());
                case Proto.ATTRIBUTE_INTS -> in.integers(integers);
                case Proto.ATTRIBUTE_TEXTS -> texts.add(in.text());
                case Proto.ATTRIBUTE_TYPE -> type = (int) in.integer();
                default -> in.skip();
            }
        }
        if (integers.size() > 0 || type == Proto.TYPE_INTS) {
            value = integers.toArray();
        }
        attributes.put(name, texts.isEmpty() ? value : String.join(",", texts));
    }
}
