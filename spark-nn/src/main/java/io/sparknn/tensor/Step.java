package io.sparknn.tensor;

import java.util.Arrays;

/** One operation of a {@link Recording}: its name, what it is made from, and which tensors go in and out, by number. */
public final class Step {
    private final String name;
    private final Attributes attributes;
    private final int[] inputs;
    private final int output;

    /**
     * A step.
     *
     * @param name the operation
     * @param attributes what it is made from beside tensors
     * @param inputs the numbers of the tensors that go in
     * @param output the number of the result
     */
    public Step(String name, Attributes attributes, int[] inputs, int output) {
        this.name = name;
        this.attributes = attributes;
        this.inputs = inputs.clone();
        this.output = output;
    }

    /**
     * The operation.
     *
     * @return its name, such as {@code linear}
     */
    public String name() {
        return name;
    }

    /**
     * What the operation is made from beside tensors.
     *
     * @return not to be changed
     */
    public Attributes attributes() {
        return attributes;
    }

    /**
     * How many tensors go in.
     *
     * @return the count
     */
    public int arity() {
        return inputs.length;
    }

    /**
     * A tensor that goes in.
     *
     * @param index which one
     * @return its number in the recording
     */
    public int input(int index) {
        return inputs[index];
    }

    /**
     * The result.
     *
     * @return its number in the recording
     */
    public int output() {
        return output;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Step step
                && name.equals(step.name)
                && output == step.output
                && Arrays.equals(inputs, step.inputs)
                && attributes.equals(step.attributes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(inputs);
    }

    @Override
    public String toString() {
        return output + " = " + name + Arrays.toString(inputs) + " " + attributes;
    }
}
