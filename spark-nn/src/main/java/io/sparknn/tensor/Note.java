package io.sparknn.tensor;

import java.util.Arrays;

/** What an operation says of itself when it is recorded, so that it can be made again. */
final class Note {
    private final Recorder recorder;
    private final Attributes attributes = new Attributes();
    private final int rows;
    private Tensor[] inputs;
    private int lengths = -1;

    Note(Recorder recorder, int rows, Tensor... inputs) {
        this.recorder = recorder;
        this.rows = rows;
        this.inputs = inputs;
    }

    Note integer(String name, long value) {
        attributes.put(name, value);
        return this;
    }

    Note integers(String name, int... values) {
        attributes.put(name, values.clone());
        return this;
    }

    Note number(String name, double value) {
        attributes.put(name, value);
        return this;
    }

    Note flag(String name, boolean value) {
        attributes.put(name, value);
        return this;
    }

    Note text(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    Note window(Window window) {
        window.describe(this);
        return this;
    }

    /** An input of the operation. */
    Tensor input(int index) {
        return inputs[index];
    }

    /** Sizes of the result, in which the number of rows is left open. */
    Note sizes(String name, int... sizes) {
        int[] open = sizes.clone();
        if (rows >= 0) {
            open[rows] = Shape.UNKNOWN;
        }
        return integers(name, open).integer("rows", rows);
    }

    /**
     * Rows of different length that the operation was made for: those of an input of the network. Nothing is noted if the
     * tensor has a length on an axis, and so equal rows.
     */
    Note lengths(String name, Lengths of, Tensor x) {
        if (x.localShape().rank() < 3) {
            lengths(name, of);
        }
        return this;
    }

    Note lengths(String name, Lengths of) {
        lengths = recorder.inputOf(of);
        return integer(name, lengths);
    }

    /** Tensors that the operation was made from beside its inputs. */
    Note alsoFrom(Tensor... more) {
        int count = inputs.length;
        inputs = Arrays.copyOf(inputs, count + more.length);
        System.arraycopy(more, 0, inputs, count, more.length);
        return this;
    }

    Attributes attributes() {
        return attributes;
    }

    Tensor[] inputs() {
        return inputs;
    }

    /** The input whose rows the operation was made for; -1 if there is none. */
    int lengths() {
        return lengths;
    }
}
