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

    /** Normal numbers; others for another draw. */
    Tensor[] inputs(int draw) {
        Tensor[] x = new Tensor[inputs.length];
        for (int i = 0; i < x.length; i++) {
            RandomStream random = RandomStream.of(SEED + draw, "input " + i);
            float[] values = new float[inputs[i].size()];
            for (int at = 0; at < values.length; at++) {
                values[at] = random.normal();
            }
            x[i] = Tensor.of(values, inputs[i]);
        }
        return x;
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
