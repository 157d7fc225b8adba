package io.sparknn.train.rows;

import io.sparknn.tensor.Shape;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How a row lies in an array of floats, its words.
 *
 * <p>Dense: label, weight, then the columns one after the other, so that all rows are equally long. Mixed, where a column
 * is sparse or rows differ in length: the row's length in words, label, weight, then for each column a header and what it
 * announces: 0 for {@code width} floats, k + 1 for k indices and k values; in a column whose rows differ in length, the
 * number of elements, each of {@code width} floats. Integers are stored as the bits of a float; all are below those of a
 * NaN, which hardware may change on the way.
 */
final class RowLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Words of a row at most, so that it fits into an array and into a mapped piece of a file. */
    static final long LONGEST = 1L << 27;

    private final int[] widths;
    private final boolean[] ragged;
    private final boolean alwaysMixed;
    private final int labelWidth;
    private final int labelColumn;
    private final boolean weighted;
    private final int classes;
    private final int stride;

    RowLayout(TrainingColumns columns) {
        widths = Arrays.stream(columns.shapes()).mapToInt(RowLayout::width).toArray();
        ragged = new boolean[widths.length];
        boolean anyRagged = false;
        for (int c = 0; c < widths.length; c++) {
            ragged[c] = columns.shapes()[c].isRagged();
            anyRagged |= ragged[c];
        }
        alwaysMixed = anyRagged;
        labelWidth = columns.labelWidth();
        labelColumn = labelColumn(columns);
        weighted = columns.weight() != null;
        classes = columns.classes();
        long words = Arrays.stream(widths).asLongStream().sum() + storedLabel() + (weighted ? 1 : 0);
        if (words + widths.length >= LONGEST) {
            throw new IllegalArgumentException(columns.who() + " expects rows of at most " + LONGEST + " numbers, got "
                    + words + "; take fewer or narrower columns");
        }
        stride = (int) words;
    }

    /** Floats of a row in a column of that shape, or of an element of a row where rows differ in length. */
    static int width(Shape shape) {
        return shape.dropFirst(shape.isRagged() ? 2 : 1).size();
    }

    private static int labelColumn(TrainingColumns columns) {
        int column = Arrays.asList(columns.features()).indexOf(columns.label());
        // Ids and series are read otherwise than labels are.
        boolean same = columns.classes() == 0 && column >= 0 && columns.areNumbers(column);
        return same ? column : -1;
    }

    /** Floats of each column of features in a row, or in an element of a row where rows differ in length. */
    int[] widths() {
        return widths;
    }

    /** Whether rows of a column of features differ in length. */
    boolean ragged(int column) {
        return ragged[column];
    }

    /** Whether all rows are in the mixed layout, for they differ in length. */
    boolean alwaysMixed() {
        return alwaysMixed;
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
