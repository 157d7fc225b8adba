package io.sparknn.onnx;

/** A node of a graph that is being written: an operator, its attributes, and the names that go in and out. */
final class Node {
    private final Graph graph;
    private final Protobuf proto = new Protobuf();

    Node(Graph graph, String operator, String... inputs) {
        this.graph = graph;
        for (String input : inputs) {
            proto.text(Proto.NODE_INPUT, input);
        }
        proto.text(Proto.NODE_OP, operator);
    }

    Node with(String name, long value) {
        return attribute(name, new Protobuf().integer(Proto.ATTRIBUTE_INT, value), Proto.TYPE_INT);
    }

    Node with(String name, double value) {
        return attribute(name, new Protobuf().fraction(Proto.ATTRIBUTE_FLOAT, (float) value), Proto.TYPE_FLOAT);
    }

    Node with(String name, String value) {
        return attribute(name, new Protobuf().text(Proto.ATTRIBUTE_TEXT, value), Proto.TYPE_TEXT);
    }

    Node with(String name, int... values) {
        Protobuf list = new Protobuf();
        for (int value : values) {
            list.integer(Proto.ATTRIBUTE_INTS, value);
        }
        return attribute(name, list, Proto.TYPE_INTS);
    }

    Node withTexts(String name, String... values) {
        Protobuf list = new Protobuf();
        for (String value : values) {
            list.text(Proto.ATTRIBUTE_TEXTS, value);
        }
        return attribute(name, list, Proto.TYPE_TEXTS);
    }

    private Node attribute(String name, Protobuf attribute, int type) {
        attribute.text(Proto.ATTRIBUTE_NAME, name).integer(Proto.ATTRIBUTE_TYPE, type);
        proto.message(Proto.NODE_ATTRIBUTE, attribute);
        return this;
    }

    /** Ends the node with outputs of these names; an empty one is not wanted. Returns the last. */
    String to(String... outputs) {
        for (String output : outputs) {
            proto.text(Proto.NODE_OUTPUT, output);
        }
        graph.add(proto);
        return outputs[outputs.length - 1];
    }

    /** Ends the node with an output of a new name, which is returned. */
    String out() {
        return to(graph.newName());
    }
}
