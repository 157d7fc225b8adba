package io.sparknn.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A network as the list of the operations that its forward applies in evaluation, for any number of rows and rows of any
 * length: what it takes to score without the network's classes, or to write it in another format.
 *
 * <p>It is made by running forward on shapes, twice and with different numbers of rows: what then differs depends on the
 * rows, and is refused, as is reading values, drawing random numbers, and reducing over rows. Control flow in plain Java
 * that looks at sizes only is unrolled, parameters and buffers go by name, and other tensors are kept as constants.
 */
public final class Recording {
    /** Numbers that no network is likely to write as a size of its own: of rows, and of the elements in a row. */
    private static final int[][] SIZES = {{13, 17}, {11, 19}};

    private final int inputs;
    private final List<Slot> slots;
    private final List<Step> steps;
    private final int output;
    private final int outputLengths;

    /**
     * A recording from its parts, as read from a file.
     *
     * @param inputs how many of the slots, the first ones, are inputs
     * @param slots all tensors
     * @param steps the operations in order
     * @param output the number of the result
     * @param outputLengths the input whose rows' lengths those of the result have; -1 for rows of one length
     * @throws IllegalArgumentException if a number is out of range, or a tensor is used before it is there
     */
    public Recording(int inputs, List<Slot> slots, List<Step> steps, int output, int outputLengths) {
        this.inputs = inputs;
        this.slots = List.copyOf(slots);
        this.steps = List.copyOf(steps);
        this.output = output;
        this.outputLengths = outputLengths;
        check();
    }

    /** Texts are put together only where something is wrong: the first one costs a cold JVM tens of milliseconds. */
    private void check() {
        require(inputs > 0 && inputs <= slots.size(), "an input at least");
        boolean[] known = new boolean[slots.size()];
        for (int slot = 0; slot < known.length; slot++) {
            require(slot >= inputs || !slots.get(slot).isConstant(), "inputs in the first slots");
            known[slot] = slot < inputs || slots.get(slot).isConstant();
        }
        for (Step step : steps) {
            boolean fits = step.output() >= 0 && step.output() < known.length && !known[step.output()];
            for (int i = 0; fits && i < step.arity(); i++) {
                fits = step.input(i) >= 0 && step.input(i) < known.length && known[step.input(i)];
            }
            if (!fits) {
                throw damaged("tensors that are there, and a new one as the result, in " + step);
            }
            known[step.output()] = true;
        }
        require(output >= 0 && output < known.length && known[output], "an output that is there");
        require(outputLengths < inputs, "rows of an input");
    }

    private static void require(boolean fits, String what) {
        if (!fits) {
            throw damaged(what);
        }
    }

    private static IllegalArgumentException damaged(String what) {
        return new IllegalArgumentException("a recording expects " + what + "; it is damaged, save the model again");
    }

    /**
     * Records a network.
     *
     * @param forward the network, in evaluation
     * @param named its parameters and buffers, whose values are all there
     * @param shapes of its inputs, rows unknown
     * @return the recording
     * @throws IllegalStateException if it cannot be recorded, and why
     */
    public static Recording of(
            Function<Tensor[], Tensor> forward, Map<String, ? extends Tensor> named, Shape... shapes) {
        Recording first = trace(forward, named, SIZES[0], shapes);
        if (!first.sameAs(trace(forward, named, SIZES[1], shapes))) {
            throw Recorder.refused("does other things for other numbers of rows or elements");
        }
        return first;
    }

    private static Recording trace(
            Function<Tensor[], Tensor> forward, Map<String, ? extends Tensor> named, int[] sizes, Shape... shapes) {
        Recorder recorder = new Recorder(named, sizes[0]);
        try (Pass pass = Pass.tracing(recorder, sizes[1])) {
            Tensor[] x = new Tensor[shapes.length];
            for (int i = 0; i < x.length; i++) {
                if (shapes[i].rank() < 1
                        || !shapes[i].dropFirst(shapes[i].isRagged() ? 2 : 1).isKnown()) {
                    throw Recorder.refused("needs an input of known sizes, got " + shapes[i]);
                }
                x[i] = pass.block(null, shapes[i].with(0, sizes[0]));
                recorder.input(x[i]);
            }
            Tensor y = forward.apply(x);
            if (pass.hasReadValues()) {
                throw Recorder.refused(
                        "reads values of a tensor that it computes, so that what it does may depend on" + " data");
            }
            if (pass.rowAxis(y) != 0) {
                throw Recorder.refused(
                        "does not return one row for each row of its input, got shape " + Operation.shapes(y));
            }
            return recorder.recording(y);
        }
    }

    private boolean sameAs(Recording other) {
        boolean same = steps.equals(other.steps) && output == other.output && outputLengths == other.outputLengths;
        same &= slots.size() == other.slots.size();
        for (int i = 0; same && i < slots.size(); i++) {
            same = slots.get(i).sameAs(other.slots.get(i));
        }
        return same;
    }

    /**
     * The number of inputs, which are the first slots.
     *
     * @return 1 or more
     */
    public int inputs() {
        return inputs;
    }

    /**
     * The shape of an input.
     *
     * @param input which one
     * @return rows unknown, such as (-1, 28, 28), or (-1, *) where rows differ in length
     */
    public Shape inputShape(int input) {
        Slot slot = slots.get(input);
        return slot.lengths() < 0 ? slot.shape() : ragged(slot.shape());
    }

    /**
     * The shape of the result.
     *
     * @return rows unknown
     */
    public Shape outputShape() {
        Shape shape = slots.get(output).shape();
        return outputLengths < 0 ? shape : ragged(shape);
    }

    private static Shape ragged(Shape elements) {
        int[] dims = Window.front(1, Shape.UNKNOWN, elements.local());
        dims[1] = Shape.RAGGED;
        return Shape.of(dims);
    }

    /**
     * All tensors by number.
     *
     * @return inputs first
     */
    public List<Slot> slots() {
        return slots;
    }

    /**
     * The operations in order.
     *
     * @return a list that cannot be changed
     */
    public List<Step> steps() {
        return steps;
    }

    /**
     * The number of the result.
     *
     * @return a slot
     */
    public int output() {
        return output;
    }

    /**
     * The input whose rows' lengths those of the result have.
     *
     * @return its number, or -1 for rows of one length
     */
    public int outputLengths() {
        return outputLengths;
    }

    /**
     * The names of parameters and buffers that are used.
     *
     * @return in the order of their first use
     */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.name() != null) {
                names.add(slot.name());
            }
        }
        return Collections.unmodifiableList(names);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        steps.forEach(step -> text.append(step).append('\n'));
        return text.toString();
    }
}
