package io.sparknn.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One application of an operation to tensors; each subclass is one small file that holds the shape of the result with
 * the errors of misuse, the rule for the row axis, the values and the gradients.
 *
 * <p>Those that share their name with a layer end in Op: Scala 2.12 sees classes of a package that it may not use, and a
 * notebook that imports both packages would find the name taken.
 *
 * <p>An instance serves one application: it may keep what backward needs in fields. Where gradients are recorded, the
 * result refers to it, and so the graph is held by its results alone.
 *
 * <p>The row axis: a tensor inside a pass over a DataFrame's block knows along which axis it carries rows. An operation
 * may not mix rows, for they are cut into blocks arbitrarily, so {@link #rowAxis} says where the rows are in the result,
 * and refuses unless the subclass knows better.
 */
abstract class Operation {
    private Tensor[] inputs;
    private Tensor output;
    private float[] gradient;
    private Object visitor;
    private int nextInput;

    /** The operation's name as users write it, for errors. */
    abstract String name();

    /** The shape of the result. */
    abstract Shape shape(Tensor... in);

    /**
     * The axis of the rows in the result, where some input carries rows; -1 if the result carries none. Called before
     * {@link #shape}.
     */
    int rowAxis(Tensor... in) {
        throw mixesRows(in);
    }

    /** Computes every element of y, which holds arbitrary values before. */
    abstract void forward(Tensor[] in, float[] y);

    /**
     * Adds to the gradient of each input.
     *
     * @param in the inputs
     * @param y the values of the result
     * @param gy the gradient of the result
     * @param gradients the gradient of each input to add to, null for an input that needs none
     */
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        throw new UnsupportedOperationException(name() + " has no gradient");
    }

    /** Whether a change of the inputs can change the result a little; if not, nothing is recorded. */
    boolean isDifferentiable() {
        return true;
    }

    /**
     * The values on which this runs where rows of some inputs differ in length, each element as if it were a row: the
     * result has rows of the same lengths. Refused unless the subclass knows better.
     *
     * @param lengths those of all inputs that have some
     */
    Tensor[] values(Lengths lengths, Tensor... in) {
        throw refusesLengths(in);
    }

    /** Tells what this operation is made from beside its inputs; nothing, unless the subclass says so. */
    void describe(Note note) {}

    /** The name under which {@link Calls} make such an operation again. */
    String recordedAs() {
        return name();
    }

    /** Applies this operation. */
    final Tensor apply(Tensor... in) {
        Lengths lengths = Lengths.among(this, in);
        return lengths == null ? evaluated(in) : new Tensor(evaluated(values(lengths, in)), lengths);
    }

    private Tensor evaluated(Tensor... in) {
        Pass pass = Pass.current();
        // The rows first: a misfit of shapes that comes from the size of a block is a mixture of rows.
        int rows = carriesRows(in) ? rowAxis(in) : -1;
        Shape shape = shape(in);
        if (pass.shapesOnly()) {
            forwardShapes(pass, in);
            pass.notes().tensor(shape, rows);
            Tensor blank = new Tensor(shape, null, rows, pass);
            if (pass.recorder() != null) {
                pass.recorder().step(this, blank, in);
            }
            return blank;
        }
        if (pass.plan() != null) {
            return pass.plan().add(this, new Tensor(shape, new float[shape.size()], rows, pass), in);
        }
        float[] y = pass.allocate(shape.size());
        forward(in, y);
        Tensor result = new Tensor(shape, y, rows, pass.owner());
        if (pass.records() && isDifferentiable() && Arrays.stream(in).anyMatch(Tensor::requiresGrad)) {
            inputs = in.clone();
            output = result;
            result.producedBy(this);
        }
        return result;
    }

    /** What happens in a pass that computes shapes only: nothing, but for reductions over rows. */
    void forwardShapes(Pass pass, Tensor... in) {}

    /** Names the reduction that made the result the same on all workers; null if it was none over rows. */
    String overRows() {
        return null;
    }

    /** The gradient of the result so far, in a run of backward; null before something adds to it. */
    final float[] gradient() {
        return gradient;
    }

    final void gradient(float[] value) {
        gradient = value;
    }

    /** Notes that a run of backward came here; false if it was here before. */
    final boolean visit(Object run) {
        if (visitor == run) {
            return false;
        }
        visitor = run;
        nextInput = 0;
        return true;
    }

    /** The next operation, in this run of backward, that made an input; null if there is none left. */
    final Operation nextProducer() {
        while (nextInput < inputs.length) {
            Operation producer = inputs[nextInput++].producer();
            if (producer != null) {
                return producer;
            }
        }
        return null;
    }

    /** Lets go of what a run of backward left here. */
    final void forgetRun() {
        gradient = null;
        visitor = null;
    }

    final Tensor[] inputs() {
        return inputs;
    }

    final Tensor output() {
        return output;
    }

    static boolean carriesRows(Tensor... in) {
        for (Tensor tensor : in) {
            if (tensor.rowAxis() >= 0) {
                return true;
            }
        }
        return false;
    }

    final IllegalStateException mixesRows(Tensor... in) {
        return mixesRows(name(), in);
    }

    static IllegalStateException mixesRows(String name, Tensor... in) {
        return new IllegalStateException(name + " of " + shapes(in) + " mixes single rows of the DataFrame, which are"
                + " scored in blocks; reduce over the rows (mean, sum, max, ...) or keep to operations within a row");
    }

    final IllegalArgumentException refusesLengths(Tensor... in) {
        return new IllegalArgumentException(
                name() + " of " + shapes(in) + " cannot run over rows of different length (*);"
                        + " keep to operations within an element, or reduce over axis 1 first (mean, sum, max, softmax, ...)");
    }

    /** The values of the first inputs, which all have lengths; the others have none. */
    final Tensor[] onlyFlat(int count, Tensor... in) {
        Tensor[] values = in.clone();
        for (int i = 0; i < in.length; i++) {
            if ((in[i].lengths() != null) != (i < count)) {
                throw refusesLengths(in);
            }
            values[i] = i < count ? in[i].flat() : in[i];
        }
        return values;
    }

    /** The values of inputs that all have lengths. */
    final Tensor[] allFlat(Tensor... in) {
        return onlyFlat(in.length, in);
    }

    /** The values of the only input. */
    static Tensor[] flat(Tensor... in) {
        return new Tensor[] {in[0].flat()};
    }

    static String shapes(Tensor... in) {
        return Arrays.stream(in)
                .map(tensor ->
                        tensor.localShape().withRows(tensor.rowAxis(), () -> 0).toString())
                .collect(Collectors.joining(" and "));
    }
}
