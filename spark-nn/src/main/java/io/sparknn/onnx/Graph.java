package io.sparknn.onnx;

import io.sparknn.tensor.Recording;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Slot;
import io.sparknn.tensor.Step;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A graph that is being written from a recording.
 *
 * <p>A tensor of the recording that holds the elements of rows of different length, (elements, ...), is (batch, length, ...)
 * here: in ONNX the rows of one call are equally long. So its axes, but for the first, move by one.
 */
final class Graph {
    private final Recording recording;
    private final Function<String, float[]> parameters;
    private final Protobuf proto = new Protobuf();
    private final String[] names;
    private final Map<String, String> constants = new HashMap<>();
    private final Set<String> initializers = new HashSet<>();
    private final boolean[] ids;
    private int next;

    Graph(Recording recording, Function<String, float[]> parameters) {
        this.recording = recording;
        this.parameters = parameters;
        this.names = new String[recording.slots().size()];
        this.ids = ids(recording);
        for (int i = 0; i < recording.inputs(); i++) {
            names[i] = recording.inputs() == 1 ? "input" : "input" + i;
        }
    }

    /** Inputs that serve as places in tables alone are whole numbers. */
    private static boolean[] ids(Recording recording) {
        boolean[] ids = new boolean[recording.inputs()];
        boolean[] others = new boolean[recording.inputs()];
        for (Step step : recording.steps()) {
            for (int i = 0; i < step.arity(); i++) {
                int slot = step.input(i);
                if (slot < ids.length) {
                    boolean place = (i == 0 && step.name().equals("embedding"))
                            || (i == 1 && step.name().equals("indexSelect"));
                    ids[slot] |= place;
                    others[slot] |= !place;
                }
            }
        }
        for (int i = 0; i < ids.length; i++) {
            ids[i] &= !others[i] && recording.output() != i;
        }
        return ids;
    }

    boolean isIds(int slot) {
        return slot < ids.length && ids[slot];
    }

    // ---------------------------------------------------------------- tensors

    Slot slot(int number) {
        return recording.slots().get(number);
    }

    /** The sizes of a tensor in the recording, rows or elements unknown. */
    Shape shape(int slot) {
        return slot(slot).shape();
    }

    /** By how much axes behind the first are moved. */
    int moved(int slot) {
        return slot(slot).lengths() >= 0 ? 1 : 0;
    }

    /** The place of an axis in the graph. */
    int axis(int slot, int axis) {
        int at = axis < 0 ? axis + shape(slot).rank() : axis;
        return at == 0 ? 0 : at + moved(slot);
    }

    int rank(int slot) {
        return shape(slot).rank() + moved(slot);
    }

    /** The name of a tensor of the recording; a constant is written when first asked for. */
    String name(int slot) {
        if (names[slot] == null) {
            Slot of = slot(slot);
            if (of.isConstant()) {
                names[slot] =
                        floats(constantName(slot), values(slot), of.shape().dims());
            } else {
                names[slot] = slot == recording.output() ? "output" : "/t" + slot;
            }
        }
        return names[slot];
    }

    /** That of the weight, but for names that inputs and outputs have. */
    private String constantName(int slot) {
        String name = slot(slot).name();
        boolean taken = name == null || name.startsWith("input") || name.equals("output");
        return taken ? "/constant" + slot : name;
    }

    String in(Step step, int input) {
        return name(step.input(input));
    }

    String[] in(Step step) {
        String[] in = new String[step.arity()];
        Arrays.setAll(in, i -> in(step, i));
        return in;
    }

    String out(Step step) {
        return name(step.output());
    }

    /** The result of a step is another tensor that is there already. */
    void same(Step step, String name) {
        node("Identity", name).to(out(step));
    }

    boolean isConstant(int slot) {
        return slot(slot).isConstant();
    }

    /** The values of a constant. */
    float[] values(int slot) {
        Slot of = slot(slot);
        return of.values() != null ? of.values().toArray() : parameters.apply(of.name());
    }

    /** The matrix of a slot with its axes exchanged. */
    String transposed(int slot) {
        if (!isConstant(slot)) {
            return node("Transpose", name(slot)).with("perm", 1, 0).out();
        }
        int[] dims = shape(slot).dims();
        String known = constantName(slot) + "/transposed";
        if (initializers.contains(known)) {
            return known;
        }
        float[] values = values(slot);
        float[] moved = new float[values.length];
        for (int i = 0; i < dims[0]; i++) {
            for (int j = 0; j < dims[1]; j++) {
                moved[j * dims[0] + i] = values[i * dims[1] + j];
            }
        }
        return floats(known, moved, dims[1], dims[0]);
    }

    // ---------------------------------------------------------------- what is written

    String newName() {
        return "/" + next++;
    }

    Node node(String operator, String... inputs) {
        return new Node(this, operator, inputs);
    }

    /** A node of one output and no attributes. */
    String apply(String operator, String... inputs) {
        return node(operator, inputs).out();
    }

    void add(Protobuf node) {
        node.text(Proto.NODE_NAME, "n" + next++);
        proto.message(Proto.GRAPH_NODE, node);
    }

    /** A float as a tensor of rank 0. */
    String scalar(double value) {
        return constants.computeIfAbsent("f" + value, any -> floats(newName(), new float[] {(float) value}));
    }

    /** A tensor of one float for each channel. */
    String filled(int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return floats(newName(), values, size);
    }

    String floats(String name, float[] values, int... dims) {
        initializers.add(name);
        Protobuf tensor = tensor(name, Proto.FLOAT, dims).bytes(Proto.TENSOR_RAW, values);
        proto.message(Proto.GRAPH_INITIALIZER, tensor);
        return name;
    }

    /** Whole numbers on one axis. */
    String integers(int... values) {
        return constants.computeIfAbsent("i" + Arrays.toString(values), any -> {
            String name = newName();
            long[] longs = Arrays.stream(values).asLongStream().toArray();
            Protobuf tensor = tensor(name, Proto.INT64, values.length).bytes(Proto.TENSOR_RAW, longs);
            proto.message(Proto.GRAPH_INITIALIZER, tensor);
            return name;
        });
    }

    private static Protobuf tensor(String name, int type, int... dims) {
        Protobuf tensor = new Protobuf();
        for (int dim : dims) {
            tensor.integer(Proto.TENSOR_DIMS, dim);
        }
        return tensor.integer(Proto.TENSOR_TYPE, type).text(Proto.TENSOR_NAME, name);
    }

    String cast(String name, int type) {
        return node("Cast", name).with("to", (long) type).out();
    }

    String reshape(String name, int... dims) {
        return apply("Reshape", name, integers(dims));
    }

    // ---------------------------------------------------------------- the whole

    Protobuf finished() {
        proto.text(Proto.GRAPH_NAME, "network");
        for (int i = 0; i < recording.inputs(); i++) {
            proto.message(
                    Proto.GRAPH_INPUT,
                    declared(names[i], recording.inputShape(i), "length" + i, ids[i] ? Proto.INT64 : Proto.FLOAT));
        }
        String output = name(recording.output());
        if (!output.equals("output")) {
            node("Identity", output).to("output");
        }
        String length = "length" + recording.outputLengths();
        proto.message(Proto.GRAPH_OUTPUT, declared("output", recording.outputShape(), length, Proto.FLOAT));
        return proto;
    }

    private static Protobuf declared(String name, Shape shape, String length, int type) {
        Protobuf sizes = new Protobuf();
        for (int dim : shape.dims()) {
            Protobuf size = new Protobuf();
            if (dim >= 0) {
                size.integer(Proto.DIM_VALUE, dim);
            } else {
                size.text(Proto.DIM_NAME, dim == Shape.RAGGED ? length : "batch");
            }
            sizes.message(Proto.SHAPE_DIM, size);
        }
        Protobuf tensor =
                new Protobuf().integer(Proto.TENSOR_TYPE_ELEMENT, type).message(Proto.TENSOR_TYPE_SHAPE, sizes);
        return new Protobuf()
                .text(Proto.VALUE_NAME, name)
                .message(Proto.VALUE_TYPE, new Protobuf().message(Proto.TYPE_TENSOR, tensor));
    }
}
