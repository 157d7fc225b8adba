package io.sparknn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs as other frameworks write them: sizes computed from the input, states of zeros, settings as inputs. */
@Tag("fast")
final class ForeignGraphTest {
    @TempDir
    private Path directory;

    private Protobuf graph;
    private long version;

    @BeforeEach
    void begin() {
        graph = new Protobuf();
        version = 17;
    }

    private void node(String operator, String output, Protobuf attribute, String... inputs) {
        Protobuf node = new Protobuf();
        for (String input : inputs) {
            node.text(Proto.NODE_INPUT, input);
        }
        node.text(Proto.NODE_OUTPUT, output).text(Proto.NODE_OP, operator);
        if (attribute != null) {
            node.message(Proto.NODE_ATTRIBUTE, attribute);
        }
        graph.message(Proto.GRAPH_NODE, node);
    }

    private static Protobuf integer(String name, long value) {
        return new Protobuf().text(Proto.ATTRIBUTE_NAME, name).integer(Proto.ATTRIBUTE_INT, value);
    }

    private void integers(String name, boolean scalar, long... values) {
        Protobuf tensor = new Protobuf();
        if (!scalar) {
            tensor.integer(Proto.TENSOR_DIMS, values.length);
        }
        tensor.integer(Proto.TENSOR_TYPE, Proto.INT64)
                .text(Proto.TENSOR_NAME, name)
                .bytes(Proto.TENSOR_RAW, values);
        graph.message(Proto.GRAPH_INITIALIZER, tensor);
    }

    private void floats(String name, float[] values, int... dims) {
        Protobuf tensor = new Protobuf();
        for (int dim : dims) {
            tensor.integer(Proto.TENSOR_DIMS, dim);
        }
        tensor.integer(Proto.TENSOR_TYPE, Proto.FLOAT)
                .text(Proto.TENSOR_NAME, name)
                .bytes(Proto.TENSOR_RAW, values);
        graph.message(Proto.GRAPH_INITIALIZER, tensor);
    }

    private Layer load(String output) throws IOException {
        graph.message(Proto.GRAPH_INPUT, new Protobuf().text(Proto.VALUE_NAME, "x"));
        graph.message(Proto.GRAPH_OUTPUT, new Protobuf().text(Proto.VALUE_NAME, output));
        Protobuf opset = new Protobuf().text(Proto.OPSET_DOMAIN, "").integer(Proto.OPSET_VERSION, version);
        Path file = directory.resolve("foreign.onnx");
        try (OutputStream out = Files.newOutputStream(file)) {
            new Protobuf()
                    .message(Proto.MODEL_GRAPH, graph)
                    .message(Proto.MODEL_OPSET, opset)
                    .write(out);
        }
        return Onnx.load(file.toString());
    }

    private static Tensor numbers(int... shape) {
        float[] values = new float[Shape.of(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i * 0.7);
        }
        return Tensor.of(values, Shape.of(shape));
    }

    /** {@code x.view(x.size(0), -1)}. */
    @Test
    void rowsAreFoundInSizesThatAreComputed() throws IOException {
        integers("zero", true, 0);
        integers("zeros", false, 0);
        integers("open", false, -1);
        node("Shape", "shape", null, "x");
        node("Gather", "rows", null, "shape", "zero");
        node("Unsqueeze", "first", null, "rows", "zeros");
        node("Concat", "sizes", integer("axis", 0), "first", "open");
        node("Reshape", "flat", null, "x", "sizes");
        node("Relu", "y", null, "flat");
        Layer layer = load("y");
        Tensor x = numbers(3, 2, 4);
        assertThat(layer.forward(x).toArray()).isEqualTo(x.flatten(1).relu().toArray());
        assertThat(layer.outputShape(Shape.of(-1, 2, 4))).isEqualTo(Shape.of(-1, 8));
    }

    /** {@code nn.LSTM} without an initial state, then {@code y[-1]}. */
    @Test
    void initialStatesOfZerosAreLeftOut() throws IOException {
        integers("one", true, 1);
        integers("axis", false, 0);
        integers("last", true, -1);
        integers("sizes", false, 1, 1, 2);
        floats("w", numbers(1, 8, 3).toArray(), 1, 8, 3);
        floats("r", numbers(1, 8, 2).toArray(), 1, 8, 2);
        floats("b", numbers(1, 16).toArray(), 1, 16);
        Protobuf perm = new Protobuf().text(Proto.ATTRIBUTE_NAME, "perm");
        for (int axis : new int[] {1, 0, 2}) {
            perm.integer(Proto.ATTRIBUTE_INTS, axis);
        }
        node("Transpose", "sequence", perm, "x");
        node("Shape", "shape", null, "sequence");
        node("Gather", "rows", null, "shape", "one");
        node("Unsqueeze", "some", null, "rows", "axis");
        node("Concat", "state", integer("axis", 0), "axis", "some", "axis");
        node("ConstantOfShape", "h", null, "state");
        node("LSTM", "states", integer("hidden_size", 2), "sequence", "w", "r", "b", "", "h", "h");
        node("Squeeze", "plain", null, "states", "one");
        node("Gather", "y", null, "plain", "last");
        integers("unused", false, 1);
        Layer layer = load("y");
        assertThat(layer.parameters()).containsOnlyKeys("w", "r", "b");
        Tensor y = layer.forward(numbers(4, 5, 3));
        assertThat(y.shape()).isEqualTo(Shape.of(4, 2));
        assertThat(layer.forward(numbers(4, 5, 3).slice(0, 0, 2)).toArray())
                .isEqualTo(y.slice(0, 0, 2).toArray());
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        node("FancyAttention", "z", null, "x");
        node("Relu", "y", null, "z");
        node("Shiny", "unused", null, "x");
        assertThatThrownBy(() -> load("y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ONNX import expects operators that spark-nn has, got FancyAttention; export the model"
                        + " without, or cut it there");
    }

    @Test
    void olderVersionsAreRefused() {
        node("Relu", "y", null, "x");
        version = 9;
        assertThatThrownBy(() -> load("y")).hasMessageContaining("opset 13 or newer, got 9");
    }

    @Test
    void aTensorThatClaimsMoreThanTheFileHoldsTakesNoMemory() {
        node("Add", "y", null, "x", "big");
        Protobuf tensor = new Protobuf().integer(Proto.TENSOR_DIMS, 1 << 30).integer(Proto.TENSOR_DIMS, 1);
        tensor.integer(Proto.TENSOR_TYPE, Proto.FLOAT).text(Proto.TENSOR_NAME, "big");
        graph.message(Proto.GRAPH_INITIALIZER, tensor);
        assertThatThrownBy(() -> load("y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a tensor \"big\" of sizes [1073741824, 1] with 0 values");
    }
}
