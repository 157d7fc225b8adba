package io.sparknn.onnx;

import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One forward pass over a graph: what each name stands for, a {@link Tensor} or {@link Integers}. */
final class Run {
    private final Map<String, Object> values;

    private final Set<String> fixed;

    Run(Map<String, Object> constants) {
        values = new HashMap<>(constants);
        fixed = new HashSet<>(constants.keySet());
    }

    void input(String name, Tensor x) {
        values.put(name, x);
    }

    void put(GraphNode node, int output, Object value) {
        String name = node.outputs().get(output);
        if (!name.isEmpty()) {
            values.put(name, value);
            if (node.inputs().stream().allMatch(input -> input.isEmpty() || fixed.contains(input))) {
                fixed.add(name);
            }
        }
    }

    /** Whether a value is the same for all rows. */
    boolean isFixed(String name) {
        return fixed.contains(name);
    }

    boolean has(GraphNode node, int input) {
        return !node.input(input).isEmpty();
    }

    Object value(GraphNode node, int input) {
        Object value = values.get(node.input(input));
        if (value == null) {
            throw node.refused("input " + input + " to be there");
        }
        return value;
    }

    Object value(String name) {
        return values.get(name);
    }

    /** Whole numbers that meet tensors are floats, as all numbers are here. */
    Tensor tensor(GraphNode node, int input) {
        Object value = value(node, input);
        if (value instanceof Tensor tensor) {
            return tensor;
        }
        Integers integers = (Integers) value;
        int[] numbers = integers.ints(node);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers[i];
        }
        return Tensor.of(floats, integers.isScalar() ? Shape.of() : Shape.of(floats.length));
    }

    /** Null if it is left out. */
    Tensor optional(GraphNode node, int input) {
        return has(node, input) ? tensor(node, input) : null;
    }

    Integers integers(GraphNode node, int input) {
        if (value(node, input) instanceof Integers integers) {
            return integers;
        }
        throw node.refused("input " + input + " to be whole numbers");
    }

    /** Whole numbers of an attribute or, as later versions have it, of an input; null if there are none. */
    int[] settings(GraphNode node, String attribute, int input) {
        if (node.has(attribute)) {
            return new Integers(false, node.integers(attribute)).ints(node);
        }
        return has(node, input) ? integers(node, input).ints(node) : null;
    }

    /** A number of an input that does not depend on the data. */
    float number(GraphNode node, int input) {
        Object value = value(node, input);
        if (value instanceof Integers integers && integers.size() == 1) {
            return integers.ints(node)[0];
        }
        if (value instanceof Tensor tensor && tensor.shape().rank() < 2) {
            return tensor.toArray()[0];
        }
        throw node.refused("input " + input + " to be one number");
    }
}
