package io.sparknn.nn.layers;

import io.sparknn.tensor.Shape;

/** Checks of inputs (N, channels, sizes...), and what to do about those that are not. */
final class Images {
    private static final String[] FORMS = {
        "", "(N, channels, length)", "(N, channels, height, width)", "(N, channels, depth, height, width)"
    };
    private static final int[] USUAL_CHANNELS = {1, 3, 2, 4};

    private Images() {}

    /**
     * Refuses other ranks and another number of channels.
     *
     * @param axes behind the channels
     * @param channels {@link Shape#UNKNOWN} for any
     */
    static void check(String who, int axes, int channels, Shape input) {
        if (input.rank() != axes + 2 || input.isRagged()) {
            throw new IllegalArgumentException(who + " expects an input of shape " + FORMS[axes] + ", got shape "
                    + input + "; " + remedy(axes, channels, input));
        }
        int found = input.dim(1);
        if (found < 1 || (channels != Shape.UNKNOWN && found != channels)) {
            throw new IllegalArgumentException(who + " expects an input of "
                    + (channels == Shape.UNKNOWN ? "1 channel or more" : "channels: " + channels) + ", got "
                    + (found == Shape.UNKNOWN ? "an unknown number" : String.valueOf(found))
                    + " in shape " + input + "; build it for the channels it is to see");
        }
    }

    private static String remedy(int axes, int channels, Shape input) {
        if (input.isRagged()) {
            return "its rows differ in length, which recurrent layers and attention take: put one of these in its place";
        }
        if (channels > 0 && input.rank() == axes + 1 && input.rank() > 2 && input.dim(0) == channels) {
            return "the first axis holds the rows: one alone wants unsqueeze(0)";
        }
        if (input.rank() < 2 || !input.dropFirst(1).isKnown()) {
            return "name a column of images, or of vectors with an Unflatten behind it";
        }
        String flatten = input.rank() == 2 ? "put " : "put Flatten() and ";
        return flatten + "Unflatten(" + sizes(axes, channels, input.dropFirst(1).size()) + ") before it";
    }

    private static String sizes(int axes, int channels, int width) {
        int[] candidates = channels == Shape.UNKNOWN ? USUAL_CHANNELS : new int[] {channels};
        for (int candidate : candidates) {
            int side = (int) Math.round(Math.pow((double) width / candidate, 1.0 / axes));
            if (candidate * Math.pow(side, axes) == width) {
                return candidate + (", " + side).repeat(axes);
            }
        }
        String known = channels == Shape.UNKNOWN ? "channels" : String.valueOf(channels);
        return known + FORMS[axes].substring("(N, channels".length(), FORMS[axes].length() - 1);
    }
}
