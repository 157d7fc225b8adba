package io.sparknn.nn;

import io.sparknn.tensor.Shape;
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
        Shape input = shape;
        if (module instanceof Layer layer && !isKnown(input) && layer.inputSizes() != null) {
            int[] sizes = layer.inputSizes();
            int[] dims = new int[sizes.length + 1];
            dims[0] = Shape.UNKNOWN;
            System.arraycopy(sizes, 0, dims, 1, sizes.length);
            input = Shape.of(dims);
        }
        try {
            shape = module.outputShape(input);
        } catch (IllegalArgumentException e) {
            // A table may show a network that does not fit its input, or that waits for it; building tells what is
            // wrong.
            shape = NOTHING;
        }
    }

    private static boolean isKnown(Shape input) {
        return input.rank() > 0 && input.dropFirst(1).isKnown();
    }
}
