package io.sparknn.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The operations of a recording, made for one number of rows, with all arrays in place: a run computes and creates
 * nothing. For one thread at a time.
 */
final class Plan {
    private final Pass pass;
    private final float[][] inputs;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Tensor[]> arguments = new ArrayList<>();
    private final List<float[]> results = new ArrayList<>();
    private final Tensor output;
    private final int rows;

    /** Arrays that operations ask for while they compute: the same ones, in the same order, in every run. */
    private float[][] scratch = new float[0][];

    private int taken;

    Plan(Program program, int rows) {
        this.rows = rows;
        Recording recording = program.recording();
        inputs = new float[recording.inputs()][];
        pass = Pass.planning(this, rows);
        try {
            Tensor[] x = new Tensor[inputs.length];
            for (int i = 0; i < x.length; i++) {
                Shape shape = recording.inputShape(i).with(0, rows);
                inputs[i] = new float[shape.size()];
                x[i] = pass.block(inputs[i], shape);
            }
            output = program.apply(new Lengths[x.length], x);
        } finally {
            pass.leave();
        }
    }

    int rows() {
        return rows;
    }

    /** The array that takes the rows of an input. */
    float[] input(int input) {
        return inputs[input];
    }

    /** Keeps an operation for later runs. */
    Tensor add(Operation operation, Tensor result, Tensor... in) {
        operations.add(operation);
        arguments.add(in.clone());
        results.add(result.values());
        return result;
    }

    float[] scratch(int n) {
        if (taken == scratch.length) {
            scratch = Arrays.copyOf(scratch, taken + 1);
        }
        if (scratch[taken] == null || scratch[taken].length != n) {
            scratch[taken] = new float[n];
        }
        return scratch[taken++];
    }

    /** Computes the result of the rows in the input arrays. */
    float[] run() {
        pass.enter();
        try {
            taken = 0;
            for (int i = 0; i < results.size(); i++) {
                operations.get(i).forward(arguments.get(i), results.get(i));
            }
            return output.values();
        } finally {
            pass.leave();
        }
    }
}
