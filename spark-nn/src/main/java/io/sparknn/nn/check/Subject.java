package io.sparknn.nn.check;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Supplier;

/** The layer under test and the inputs it is tested with. */
final class Subject {
    private static final long SEED = 7;

    private final Supplier<? extends Layer> supplier;
    private final Shape[] inputs;

    Subject(Supplier<? extends Layer> supplier, Shape... inputs) {
        boolean good = inputs.length > 0;
        for (Shape input : inputs) {
            good &= input.isKnown() && input.rank() > 0 && input.dim(0) >= 2 && input.dim(0) == inputs[0].dim(0);
        }
        if (!good) {
            throw new IllegalArgumentException("LayerContract expects a shape for each input, all sizes known and the"
                    + " same number of rows in each, at least 2, got " + Arrays.toString(inputs)
                    + "; give it shapes such as Shape.of(5, 8)");
        }
        this.supplier = supplier;
        this.inputs = inputs.clone();
    }

    /** A new layer, of one seed, so that two of them draw the same values. */
    Layer layer() {
        Layer layer = supplier.get();
        if (layer == null) {
            throw new IllegalArgumentException("LayerContract expects a layer from its supplier, got null");
        }
        return layer.isSet(layer.seed()) ? layer : layer.setSeed(SEED);
    }

    Shape[] shapes() {
        return inputs.clone();
    }

    int rows() {
        return inputs[0].dim(0);
    }

    /** Whether an input holds ids, in which there is no gradient. */
    boolean isIds(int input) {
        return inputs[input].ids() != Shape.UNKNOWN;
    }

    /** Normal numbers, or ids; others for another draw. Rows of different length keep their lengths. */
    Tensor[] inputs(int draw) {
        Tensor[] x = new Tensor[inputs.length];
        for (int i = 0; i < x.length; i++) {
            RandomStream random = RandomStream.of(SEED + draw, "input " + i);
            Shape shape = inputs[i];
            int[] lengths = shape.isRagged() ? lengths(shape.dim(0)) : null;
            Shape elements = lengths == null
                    ? shape
                    : shape.dropFirst(1).with(0, Arrays.stream(lengths).sum());
            float[] values = new float[elements.size()];
            for (int at = 0; at < values.length; at++) {
                values[at] =
                        isIds(i) ? Math.min(shape.ids() - 1, (int) random.uniform(0, shape.ids())) : random.normal();
            }
            Tensor drawn = Tensor.of(values, elements);
            x[i] = lengths == null ? drawn : Tensor.ragged(drawn, lengths);
        }
        return x;
    }

    /** Lengths of rows in no order, some equal, one of them 0. */
    private static int[] lengths(int rows) {
        int[] lengths = new int[rows];
        Arrays.setAll(lengths, row -> (row * 5 + 3) % 8);
        lengths[1] = 0;
        return lengths;
    }

    /** The values of some rows. */
    static float[] rows(Tensor x, int from, int to) {
        int[] offsets = offsets(x);
        return Arrays.copyOfRange(x.toArray(), offsets[from], offsets[to]);
    }

    /** Where the values of each row begin, and behind them where the last one ends. */
    static int[] offsets(Tensor x) {
        int[] offsets = new int[x.size(0) + 1];
        Shape shape = x.shape();
        float[] lengths = shape.isRagged() ? x.rowLengths().toArray() : null;
        int width = shape.dropFirst(shape.isRagged() ? 2 : 1).size();
        for (int row = 0; row + 1 < offsets.length; row++) {
            offsets[row + 1] = offsets[row] + (lengths == null ? 1 : (int) lengths[row]) * width;
        }
        return offsets;
    }

    static Tensor forward(Layer layer, Tensor... x) {
        return x.length == 1 ? layer.forward(x[0]) : layer.forward(x);
    }

    /** Evaluation of the standard inputs. */
    Tensor output(Layer layer) {
        return forward(layer, inputs(0));
    }

    /** One forward pass in training. */
    @SuppressWarnings("try") // the pass is open while its block runs
    static float[] trained(Layer layer, long seed, Tensor... x) {
        try (Pass pass = Pass.training(seed)) {
            return forward(layer, x).toArray();
        }
    }

    static void requireEqual(String what, Layer layer, float[] expected, float[] actual) {
        if (!Arrays.equals(expected, actual)) {
            int at = Arrays.mismatch(expected, actual);
            String values = at < Math.min(expected.length, actual.length)
                    ? actual[at] + " instead of " + expected[at] + " at " + at
                    : actual.length + " values instead of " + expected.length;
            throw broken(layer, "to give equal bits " + what, values);
        }
    }

    static AssertionError broken(Layer layer, String expected, Object actual) {
        return new AssertionError(layer + " (" + layer.uid() + ") is expected " + expected + ", got " + actual);
    }
}
