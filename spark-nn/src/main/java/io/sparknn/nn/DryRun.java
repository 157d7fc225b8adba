package io.sparknn.nn;

import io.sparknn.tensor.Pass;
import io.sparknn.tensor.RowPart;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A forward pass of shapes only, on the driver, without a job: it tells the output's shape, and whether the layer
 * reduces over the rows.
 */
final class DryRun {
    /** Rows that take part: a number that no layer is likely to write as a size of its own. */
    private static final int ROWS = 13;

    private final Shape output;
    private final List<String> reductions;
    private final boolean readsValues;
    private final long widestRow;

    private DryRun(Shape output, List<String> reductions, Pass pass) {
        this.output = output;
        this.reductions = reductions;
        this.readsValues = pass.hasReadValues();
        this.widestRow = pass.widestRow();
    }

    /** The output's shape; its first size is unknown if the input's was. */
    Shape output() {
        return output;
    }

    /** The reductions over rows in the order in which forward meets them. */
    List<String> reductions() {
        return reductions;
    }

    /** Whether forward looks at reduced values, so that what it does next may depend on them. */
    boolean readsValues() {
        return readsValues;
    }

    /** The most values that one row takes in any tensor on the way. */
    long widestRow() {
        return widestRow;
    }

    static DryRun of(Layer layer, Shape... inputs) {
        List<String> reductions = new ArrayList<>();
        try (Pass pass = Pass.shapes(part -> note(layer, reductions, part))) {
            Tensor[] x = new Tensor[inputs.length];
            boolean ofRows = false;
            for (int i = 0; i < inputs.length; i++) {
                Shape shape = inputs[i];
                boolean unknownRows = shape.rank() > 0 && shape.dim(0) == Shape.UNKNOWN;
                ofRows |= unknownRows;
                // Without any rows there is a shape all the same; without any width there is not.
                checkKnown(layer, unknownRows || (shape.rank() > 1 && shape.dim(0) == 0) ? shape.dropFirst(1) : shape);
                checkSizes(layer, inputs.length == 1, shape);
                x[i] = unknownRows ? pass.block(null, shape.with(0, ROWS)) : pass.blank(shape);
            }
            Tensor y = run(layer, x, inputs);
            if (!ofRows) {
                return new DryRun(pass.localShape(y), reductions, pass);
            }
            checkRows(layer, pass, y, inputs);
            return new DryRun(pass.localShape(y).with(0, Shape.UNKNOWN), reductions, pass);
        }
    }

    private static RowPart note(Layer layer, List<String> reductions, RowPart part) {
        reductions.add(part.signature());
        if (reductions.size() > ScoringRows.MAX_REDUCTIONS) {
            throw ScoringRows.tooMany(layer);
        }
        return part;
    }

    private static Tensor run(Layer layer, Tensor[] x, Shape... inputs) {
        Tensor y;
        try {
            y = x.length == 1 ? layer.forward(x[0]) : layer.forward(x);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    layer.who() + " cannot take an input of shape " + text(inputs) + ": " + e.getMessage(), e);
        }
        if (y == null) {
            throw new IllegalArgumentException(
                    layer.who() + " expects forward to return a tensor, got null; return the output");
        }
        return y;
    }

    private static void checkKnown(Layer layer, Shape sizes) {
        if (!sizes.isKnown()) {
            throw new IllegalArgumentException(layer.who() + " expects an input of known sizes, got rows of " + sizes
                    + "; build it with the input's shape");
        }
        for (int axis = 0; axis < sizes.rank(); axis++) {
            if (sizes.dim(axis) == 0) {
                throw new IllegalArgumentException(layer.who() + " expects rows of width 1 or more, got rows of "
                        + sizes + "; name another column");
            }
        }
    }

    private static void checkSizes(Layer layer, boolean alone, Shape input) {
        int[] sizes = layer.inputSizes();
        boolean one = alone && sizes != null && sizes.length == 1 && sizes[0] != Shape.RAGGED;
        if (one && (input.rank() < 1 || input.last() != sizes[0])) {
            throw new IllegalArgumentException(layer.who() + " expects vectors of " + sizes[0] + ", got "
                    + (input.rank() < 1 ? "a scalar" : String.valueOf(input.last())) + " in shape " + input
                    + "; fit it on data of the width it will score"
                    // What users made themselves they may have to make another way.
                    + (layer.isSet(layer.inputShape()) ? "" : ", or change " + layer));
        }
    }

    private static void checkRows(Layer layer, Pass pass, Tensor y, Shape... inputs) {
        if (pass.rowAxis(y) != 0) {
            throw new IllegalArgumentException(
                    layer.who() + " expects forward to return one row for each row of its input " + text(inputs)
                            + ", got shape " + y.shape() + "; keep the rows on the first axis");
        }
    }

    private static String text(Shape... shapes) {
        String text = java.util.Arrays.toString(shapes);
        return text.substring(1, text.length() - 1);
    }
}
