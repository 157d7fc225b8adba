package io.sparknn.tensor;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A {@link Recording} with the values of its parameters, ready to run. Threads may share it; each has arrays of its own.
 *
 * <p>Rows of one length are computed in groups of 256, 64, 16, 4 and 1, whatever their number: for each of these sizes a
 * thread keeps the operations and all arrays, so that it creates nothing. Results do not depend on the group a row falls
 * into. Rows of different length take their arrays from the thread's pool.
 */
public final class Program {
    private static final int[] GROUPS = {256, 64, 16, 4, 1};

    /** A class rather than a function written in place: the first of those costs a cold JVM many milliseconds. */
    private static final RowResolver NO_REDUCTIONS = new RowResolver() {
        @Override
        public RowPart resolve(RowPart part) {
            throw new IllegalStateException("a recording reduces over no rows, got " + part.signature());
        }
    };

    private final Recording recording;
    private final Step[] steps;
    private final Tensor[] constants;
    private final int[] widths;
    private final boolean ragged;

    /** Of this program alone: few live in a JVM, and as long as it does. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Plan[]> plans = new ThreadLocal<>();

    /**
     * A program.
     *
     * @param recording the operations
     * @param values gives the values of each parameter and buffer by name; an array of the right size that nobody changes
     * @throws IllegalArgumentException if an operation is not known, or does not fit
     */
    public Program(Recording recording, Function<String, float[]> values) {
        this.recording = recording;
        constants = new Tensor[recording.slots().size()];
        for (int i = 0; i < constants.length; i++) {
            Slot slot = recording.slots().get(i);
            if (slot.name() != null) {
                constants[i] = new Tensor(slot.shape(), checked(slot, values.apply(slot.name())), -1, null);
            } else {
                constants[i] = slot.values();
            }
        }
        steps = fold();
        widths = new int[recording.inputs()];
        boolean anyRagged = false;
        for (int i = 0; i < widths.length; i++) {
            Shape shape = recording.inputShape(i);
            anyRagged |= shape.isRagged();
            widths[i] = shape.dropFirst(shape.isRagged() ? 2 : 1).size();
        }
        ragged = anyRagged;
    }

    private static float[] checked(Slot slot, float... values) {
        if (values.length != slot.shape().size()) {
            throw new IllegalArgumentException("a recording expects " + slot.name() + " of shape " + slot.shape()
                    + ", got " + values.length + " values; save the model again");
        }
        return values;
    }

    /** Computes what depends on constants alone, once. */
    private Step[] fold() {
        Step[] left = new Step[recording.steps().size()];
        int count = 0;
        for (Step step : recording.steps()) {
            Tensor[] in = new Tensor[step.arity()];
            boolean known = true;
            for (int i = 0; i < in.length; i++) {
                in[i] = constants[step.input(i)];
                known &= in[i] != null;
            }
            if (known) {
                constants[step.output()] = Calls.apply(step, new Lengths[recording.inputs()], in);
            } else {
                left[count++] = step;
            }
        }
        return Arrays.copyOf(left, count);
    }

    /**
     * The operations.
     *
     * @return the recording
     */
    public Recording recording() {
        return recording;
    }

    /**
     * How many values a row of an input has; where rows differ in length, one element.
     *
     * @param input which one
     * @return the count
     */
    public int inputWidth(int input) {
        return widths[input];
    }

    /**
     * Whether rows of an input may differ in length.
     *
     * @return true if {@link #runRagged} is to be called
     */
    public boolean isRagged() {
        return ragged;
    }

    /** Applies the recorded operations to tensors of the running pass. */
    Tensor apply(Lengths[] lengths, Tensor... x) {
        Tensor[] tensors = constants.clone();
        for (int i = 0; i < x.length; i++) {
            tensors[i] = x[i].flat() == null ? x[i] : x[i].flat();
        }
        for (Step step : steps) {
            Tensor[] in = new Tensor[step.arity()];
            for (int i = 0; i < in.length; i++) {
                in[i] = tensors[step.input(i)];
            }
            tensors[step.output()] = Calls.apply(step, lengths, in);
        }
        return tensors[recording.output()];
    }

    /**
     * Computes rows of one input of one length.
     *
     * @param rows how many
     * @param input their values, row after row
     * @param from the place of the first value
     * @param output takes the results, row after row
     * @param to the place of the first result
     */
    public void run(int rows, float[] input, int from, float[] output, int to) {
        for (int done = 0; done < rows; ) {
            Plan plan = plan(rows - done);
            float[] in = plan.input(0);
            System.arraycopy(input, from + done * widths[0], in, 0, in.length);
            done = give(plan, done, output, to);
        }
    }

    /**
     * Computes rows of several inputs, each of rows of one length.
     *
     * @param rows how many
     * @param inputs for each its values, row after row
     * @param output takes the results, row after row
     */
    public void run(int rows, float[][] inputs, float[] output) {
        for (int done = 0; done < rows; ) {
            Plan plan = plan(rows - done);
            for (int i = 0; i < inputs.length; i++) {
                float[] in = plan.input(i);
                System.arraycopy(inputs[i], done * widths[i], in, 0, in.length);
            }
            done = give(plan, done, output, 0);
        }
    }

    private static int give(Plan plan, int done, float[] output, int to) {
        float[] y = plan.run();
        int width = y.length / plan.rows();
        System.arraycopy(y, 0, output, to + done * width, y.length);
        return done + plan.rows();
    }

    private Plan plan(int rows) {
        Plan[] known = plans.get();
        if (known == null) {
            known = new Plan[GROUPS.length];
            plans.set(known);
        }
        int group = 0;
        while (GROUPS[group] > rows) {
            group++;
        }
        if (known[group] == null) {
            known[group] = new Plan(this, GROUPS[group]);
        }
        return known[group];
    }

    /**
     * Computes rows that may differ in length.
     *
     * @param rows how many
     * @param inputs for each its values, row after row
     * @param offsets for each where the elements of each row begin, and where the last ends; null for rows of one length
     * @return the results, row after row
     */
    public float[] runRagged(int rows, float[][] inputs, int[][] offsets) {
        try (Pass pass = Pass.scoring(NO_REDUCTIONS)) {
            Tensor[] x = new Tensor[inputs.length];
            Lengths[] lengths = new Lengths[inputs.length];
            for (int i = 0; i < x.length; i++) {
                Shape shape = recording.inputShape(i).with(0, rows);
                x[i] = offsets[i] == null ? pass.block(inputs[i], shape) : pass.block(inputs[i], offsets[i], shape);
                lengths[i] = x[i].lengths();
            }
            Tensor y = apply(lengths, x);
            return Arrays.copyOf(y.values(), y.localSize());
        }
    }
}
