package io.sparknn.onnx;

import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The graph of a model that was read. */
final class GraphFile {
    /** Before it, softmax and squeezes meant other things. */
    private static final long OLDEST = 13;

    private final List<GraphNode> nodes = new ArrayList<>();
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private final Map<String, int[]> inputs = new LinkedHashMap<>();
    private final List<String> outputs = new ArrayList<>();

    static GraphFile read(byte... file) {
        GraphFile graph = null;
        ProtobufReader in = new ProtobufReader(file);
        while (in.next()) {
            if (in.field() == Proto.MODEL_GRAPH) {
                graph = new GraphFile();
                graph.read(in.message());
            } else if (in.field() == Proto.MODEL_OPSET) {
                checkVersion(in.message());
            } else {
                in.skip();
            }
        }
        if (graph == null || graph.outputs.isEmpty()) {
            throw ProtobufReader.damaged("no graph with an output");
        }
        if (graph.outputs.size() > 1) {
            throw new IllegalArgumentException("ONNX import expects a graph of one output, got " + graph.outputs
                    + "; export the model with the one that is wanted");
        }
        graph.inputs.keySet().removeAll(graph.constants.keySet());
        return graph;
    }

    private static void checkVersion(ProtobufReader in) {
        String domain = "";
        long version = 0;
        while (in.next()) {
            if (in.field() == Proto.OPSET_DOMAIN) {
                domain = in.text();
            } else if (in.field() == Proto.OPSET_VERSION) {
                version = in.integer();
            } else {
                in.skip();
            }
        }
        if (domain.isEmpty() && version < OLDEST) {
            throw new IllegalArgumentException("ONNX import expects opset " + OLDEST + " or newer, got " + version
                    + "; export the model again, as with opset_version=17");
        }
    }

    private void read(ProtobufReader in) {
        while (in.next()) {
            switch (in.field()) {
                case Proto.GRAPH_NODE -> add(GraphNode.read(in.message()));
                case Proto.GRAPH_INITIALIZER -> {
                    Constant constant = Constant.read(in.message());
                    constants.put(constant.name(), constant);
                }
                case Proto.GRAPH_INPUT -> input(in.message());
                case Proto.GRAPH_OUTPUT -> outputs.add(name(in.message()));
                case Proto.GRAPH_SPARSE_INITIALIZER ->
                    throw new IllegalArgumentException(
                            "ONNX import expects dense tensors, got a sparse one; export the model without");
                default -> in.skip();
            }
        }
    }

    /** Nodes that hold constants are tensors like others. */
    private void add(GraphNode node) {
        if (!node.operator().equals("Constant")) {
            nodes.add(node);
            return;
        }
        String name = node.outputs().get(0);
        if (node.attributes().get("value") instanceof Constant constant) {
            Constant named = constant.isFloat()
                    ? Constant.of(name, constant.dims(), constant.floats())
                    : Constant.of(name, constant.dims(), constant.integers());
            constants.put(name, named);
        } else if (node.has("value_float")) {
            constants.put(name, Constant.of(name, new int[0], (float) node.number("value_float", 0)));
        } else if (node.has("value_int")) {
            constants.put(name, Constant.of(name, new int[0], node.integer("value_int", 0)));
        } else if (node.has("value_ints")) {
            long[] values = node.integers("value_ints");
            constants.put(name, Constant.of(name, new int[] {values.length}, values));
        } else {
            throw node.refused("a tensor or a number");
        }
    }

    private void input(ProtobufReader in) {
        String name = "";
        int[] dims = null;
        while (in.next()) {
            if (in.field() == Proto.VALUE_NAME) {
                name = in.text();
            } else if (in.field() == Proto.VALUE_TYPE) {
                dims = dims(in.message());
            } else {
                in.skip();
            }
        }
        inputs.put(name, dims);
    }

    private static String name(ProtobufReader in) {
        String name = "";
        while (in.next()) {
            if (in.field() == Proto.VALUE_NAME) {
                name = in.text();
            } else {
                in.skip();
            }
        }
        return name;
    }

    private static int[] dims(ProtobufReader type) {
        ProtobufReader.LongList dims = new ProtobufReader.LongList();
        while (type.next()) {
            if (type.field() != Proto.TYPE_TENSOR) {
                type.skip();
                continue;
            }
            ProtobufReader tensor = type.message();
            while (tensor.next()) {
                if (tensor.field() != Proto.TENSOR_TYPE_SHAPE) {
                    tensor.skip();
                    continue;
                }
                ProtobufReader shape = tensor.message();
                while (shape.next()) {
                    if (shape.field() == Proto.SHAPE_DIM) {
                        dims.add(dim(shape.message()));
                    } else {
                        shape.skip();
                    }
                }
            }
        }
        long[] sizes = dims.toArray();
        int[] known = new int[sizes.length];
        for (int i = 0; i < known.length; i++) {
            known[i] = i == 0 || sizes[i] < 0 || sizes[i] > Integer.MAX_VALUE ? Shape.UNKNOWN : (int) sizes[i];
        }
        return known;
    }

    private static long dim(ProtobufReader in) {
        long value = Shape.UNKNOWN;
        while (in.next()) {
            if (in.field() == Proto.DIM_VALUE) {
                value = in.integer();
            } else {
                in.skip();
            }
        }
        return value;
    }

    List<GraphNode> nodes() {
        return nodes;
    }

    Map<String, Constant> constants() {
        return constants;
    }

    /** Names with sizes, the first and all that are not told unknown. */
    Map<String, int[]> inputs() {
        return inputs;
    }

    String output() {
        return outputs.get(0);
    }
}
