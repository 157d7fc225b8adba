package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Follows the shape through a chain as far as it is known, for tables of networks that have not seen their input. */
final class ChainShapes {
    /** Rows and width unknown. */
    static final Shape NOTHING = Shape.of(Shape.UNKNOWN, Shape.UNKNOWN);

    private Shape shape;

    ChainShapes(Shape input) {
        shape = input;
    }

    Shape shape() {
        return shape;
    }

    /** The shapes of a module's parameters for an input of the shape reached. */
    Map<String, Shape> parameters(Module module) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        if (module instanceof Layer layer) {
            layer.parameters().forEach((path, parameter) -> shapes.put(path, parameter.shape()));
            return shapes;
        }
        return ((LazyLayer<?>) module).parameterShapes(shape);
    }

    /** Goes on behind a module. */
    void advance(Module module) {
        try {
            shape = after(module, shape);
        } catch (IllegalArgumentException e) {
            // A table may show a network that does not fit its input; building tells what is wrong.
            shape = NOTHING;
        }
    }

    /** The output of a module, as far as it is known; fails only if the inputs are known and do not fit. */
    static Shape after(Module module, Shape... inputs) {
        boolean known = Arrays.stream(inputs).allMatch(ChainShapes::isKnown);
        boolean alone = inputs.length == 1;
        Shape input = alone && !known && module instanceof Layer layer ? sized(layer, inputs[0]) : inputs[0];
        try {
            return alone ? module.outputShape(input) : module.outputShape(inputs);
        } catch (IllegalArgumentException e) {
            if (known) {
                throw e;
            }
            return NOTHING;
        }
    }

    /** What the layer itself knows of its input. */
    private static Shape sized(Layer layer, Shape unknown) {
        int[] sizes = layer.inputSizes();
        if (sizes == null) {
            return unknown;
        }
        int[] dims = new int[sizes.length + 1];
        dims[0] = Shape.UNKNOWN;
        System.arraycopy(sizes, 0, dims, 1, sizes.length);
        return Shape.of(dims);
    }

    private static boolean isKnown(Shape input) {
        return input.rank() == 0 || input.dropFirst(1).isKnown();
    }
}
