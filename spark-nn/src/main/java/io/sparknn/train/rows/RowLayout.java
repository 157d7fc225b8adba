package io.sparknn.train.rows;

import io.sparknn.tensor.Shape;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How a row lies in an array of floats, its words.
 *
 * <p>Dense: label, weight, then the columns one after the other, so that all rows are equally long. Mixed, where a column
 * is sparse or, in time, of a length of its own: the row's length in words, label, weight, then for each column a header
 * and what it announces: 0 for {@code width} floats, k + 1 for k indices and k values. Integers are stored as the bits of
 * a float; all are below those of a NaN, which hardware may change on the way.
 */
final class RowLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Words of a row at most, so that it fits into an array and into a mapped piece of a file. */
    private static final long LONGEST = 1L << 27;

    private final int[] widths;
    private final int labelWidth;
    private final int labelColumn;
    private final boolean weighted;
    private final int classes;
    private final int stride;

    RowLayout(TrainingColumns columns) {
        widths = Arrays.stream(columns.shapes()).mapToInt(RowLayout::width).toArray();
        labelWidth = columns.labelWidth();
        labelColumn =
                columns.classes() > 0 ? -1 : Arrays.asList(columns.features()).indexOf(columns.label());
        weighted = columns.weight() != null;
        classes = columns.classes();
        long words = Arrays.stream(widths).asLongStream().sum() + storedLabel() + (weighted ? 1 : 0);
        if (words + widths.length >= LONGEST) {
            throw new IllegalArgumentException(columns.who() + " expects rows of at most " + LONGEST + " numbers, got "
                    + words + "; take fewer or narrower columns");
        }
        stride = (int) words;
    }

    private static int width(Shape shape) {
        return shape.dropFirst(1).size();
    }

    /** Floats of each column of features. */
    int[] widths() {
        return widths;
    }

    int labelWidth() {
        return labelWidth;
    }

    /** Words of a row that hold its label: none if it is one of the features, as an autoencoder's is. */
    int storedLabel() {
        return labelColumn < 0 ? labelWidth : 0;
    }

    /** The column of features that is the label, too, or -1. */
    int labelColumn() {
        return labelColumn;
    }

    boolean weighted() {
        return weighted;
    }

    /** How many classes the label numbers, or 0. */
    int classes() {
        return classes;
    }

    /** Words of a dense row. */
    int stride() {
        return stride;
    }

    /** Words of label and weight. */
    int head() {
        return storedLabel() + (weighted ? 1 : 0);
    }
}
