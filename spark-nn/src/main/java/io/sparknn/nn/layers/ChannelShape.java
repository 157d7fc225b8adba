package io.sparknn.nn.layers;

import io.sparknn.tensor.Shape;
import java.util.Arrays;

/** Inputs (N, C, ...) with a number of axes behind the channels, the places: what layers over channels take. */
enum ChannelShape {
    /** Features alone, or series. */
    FEATURES_OR_SERIES("(N, %s) or (N, %<s, L)", "", 2, 3),
    /** Series. */
    SERIES("(N, %s, L)", "length", 3, 3),
    /** Images. */
    IMAGES("(N, %s, H, W)", "height, width", 4, 4),
    /** Volumes. */
    VOLUMES("(N, %s, D, H, W)", "depth, height, width", 5, 5);

    /** What is wrong with channels of rows that differ in length, and what takes them. */
    static final String LENGTHS_DIFFER = "its rows differ in length, which LayerNorm and RmsNorm take";

    private final String text;
    private final String places;
    private final int leastRank;
    private final int mostRank;

    ChannelShape(String text, String places, int leastRank, int mostRank) {
        this.text = text;
        this.places = places;
        this.leastRank = leastRank;
        this.mostRank = mostRank;
    }

    /** Fails unless a shape has as many axes. */
    void requireRank(String who, Object channels, Shape shape) {
        if (!hasRank(shape) || shape.isRagged()) {
            throw new IllegalArgumentException(who + " expects an input " + String.format(text, channels)
                    + ", got shape " + shape + "; " + fix(channels, shape));
        }
    }

    private boolean hasRank(Shape shape) {
        return shape.rank() >= leastRank && shape.rank() <= mostRank;
    }

    private String fix(Object channels, Shape shape) {
        if (shape.isRagged()) {
            return LENGTHS_DIFFER;
        }
        if (shape.rank() == 2 && !places.isEmpty()) {
            return "put Unflatten(" + channels + ", " + places + ") before it, or give the column such a shape";
        }
        if (shape.rank() > mostRank) {
            return "the first axis holds the rows, the second the channels: take the layer for as many axes, or put Flatten()"
                    + " before it";
        }
        return "the first axis holds the rows, the second the channels: one row alone wants unsqueeze(0)";
    }

    /** Whether a shape may be one of these, as far as it is known; two open sizes tell nothing, not even their number. */
    boolean isPossible(Shape shape) {
        return hasRank(shape) || (shape.rank() == 2 && shape.dim(0) == Shape.UNKNOWN && shape.dim(1) == Shape.UNKNOWN);
    }

    /** The shape with the given channels, and the rest unknown. */
    Shape of(int channels) {
        int[] dims = new int[mostRank];
        Arrays.fill(dims, Shape.UNKNOWN);
        dims[1] = channels;
        return Shape.of(dims);
    }
}
