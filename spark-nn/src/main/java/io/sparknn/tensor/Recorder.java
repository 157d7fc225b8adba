package io.sparknn.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes down the operations of a pass that computes shapes only; see {@link Recording}. */
final class Recorder {
    private final IdentityHashMap<Tensor, String> names = new IdentityHashMap<>();
    private final IdentityHashMap<Tensor, Integer> numbers = new IdentityHashMap<>();
    private final IdentityHashMap<Lengths, Integer> lengths = new IdentityHashMap<>();
    private final List<Slot> slots = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final int rows;
    private int inputs;

    /**
     * A recorder.
     *
     * @param named parameters and buffers by name
     * @param rows how many rows stand for any number of them
     */
    Recorder(Map<String, ? extends Tensor> named, int rows) {
        named.forEach((name, tensor) -> names.putIfAbsent(tensor, name));
        this.rows = rows;
    }

    void input(Tensor x) {
        int input = inputs++;
        if (x.lengths() != null) {
            lengths.put(x.lengths(), input);
        }
        Tensor values = x.flat() == null ? x : x.flat();
        add(values, Slot.computed(open(values, values.rowAxis()), x.lengths() == null ? -1 : input));
    }

    /** Writes down an operation that was applied. */
    void step(Operation operation, Tensor result, Tensor... in) {
        Note note = new Note(this, result.rowAxis(), in);
        operation.describe(note);
        step(operation.recordedAs(), note, result);
    }

    /** Writes down how long the rows are. */
    void rowLengths(Lengths of, Tensor x, Tensor result) {
        Note note = of == null
                ? new Note(this, 0, x).integer("length", x.localShape().dim(1))
                : new Note(this, 0, x.flat()).lengths("lengths", of);
        step("rowLengths", note, result);
    }

    private void step(String name, Note note, Tensor result) {
        int[] in = Arrays.stream(note.inputs()).mapToInt(this::number).toArray();
        int of = -1;
        if (result.rowAxis() >= 0 && result.localShape().dim(result.rowAxis()) != rows) {
            for (int i = 0; i < in.length && of < 0; i++) {
                of = slots.get(in[i]).lengths();
            }
            of = of < 0 ? note.lengths() : of;
        }
        int output = add(result, Slot.computed(open(result, result.rowAxis()), of));
        steps.add(new Step(name, note.attributes(), in, output));
    }

    /** Another tensor of the same values. */
    void alias(Tensor tensor, Tensor same) {
        numbers.put(same, number(tensor));
    }

    /** The input whose rows are so long. */
    int inputOf(Lengths of) {
        Integer input = lengths.get(of);
        if (input == null) {
            throw refused("makes rows of different length by itself");
        }
        return input;
    }

    /** Writes down that the rows of two inputs have to be equally long. */
    void same(Lengths first, Lengths second) {
        int one = inputOf(first);
        int two = inputOf(second);
        Attributes attributes = new Attributes().put("lengths", (long) one).put("others", (long) two);
        slots.add(slots.get(one));
        steps.add(new Step("sameLengths", attributes, new int[] {one}, slots.size() - 1));
    }

    static IllegalStateException refused(String why) {
        return new IllegalStateException("cannot be recorded: forward " + why);
    }

    Recording recording(Tensor y) {
        Tensor values = y.flat() == null ? y : y.flat();
        int of = y.lengths() == null ? -1 : inputOf(y.lengths());
        return new Recording(inputs, slots, steps, number(values), of);
    }

    private int number(Tensor tensor) {
        Integer known = numbers.get(tensor);
        if (known != null) {
            return known;
        }
        String name = names.get(tensor);
        if (name != null) {
            return add(tensor, Slot.named(name, tensor.localShape()));
        }
        float[] values = tensor.known();
        if (values == null || tensor.rowAxis() >= 0) {
            throw refused("uses a tensor of shape " + tensor.localShape() + " that comes from no recorded operation");
        }
        return add(tensor, Slot.constant(Tensor.of(Arrays.copyOf(values, tensor.localSize()), tensor.localShape())));
    }

    private int add(Tensor tensor, Slot slot) {
        numbers.put(tensor, slots.size());
        slots.add(slot);
        return slots.size() - 1;
    }

    private static Shape open(Tensor tensor, int rowAxis) {
        Shape shape = Shape.of(tensor.localShape().local());
        return rowAxis < 0 ? shape : shape.with(rowAxis, Shape.UNKNOWN);
    }
}
