package io.sparknn.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link Frame} holds, laid out anew so that lines of places have no gaps between them: for each column of the
 * window all that it meets, line by line.
 *
 * <pre>
 *   a frame with lines of 5, a window of 3:   x0 x1 x2 x3 x4
 *   unfolded, three lines of 3 places:        x0 x1 x2         x1 x2 x3         x2 x3 x4
 * </pre>
 *
 * In the frame, places of two lines lie apart by what the window takes, and are computed with what is between them. An
 * element of the window is here as well a constant distance (a tap) from the place.
 */
final class Unfolded {
    /** Columns of a product at most: what it writes stays near the core. */
    private static final int STRETCH = 512;

    /**
     * The share of a product's vectors that must be saved: what is unfolded takes more of the cache, and to copy it costs as
     * much as some filters, even where there are few, for a product computes several at once.
     */
    private static final double SAVED = 0.2;

    final int[] taps;
    private final Lines merged = Lines.get();
    private final Frame frame;
    private final int[] blocks;
    private final int blockSize;

    private Unfolded(Frame frame, int channels) {
        this.frame = frame;
        blockSize = frame.lines() * frame.columns();
        blocks = frame.blocks(channels);
        taps = frame.tapsOfBlocks(channels, blockSize);
    }

    /** The layout if it pays for itself in a product with it, else null. */
    static Unfolded of(Frame frame, int channels) {
        Unfolded unfolded = new Unfolded(frame, channels);
        int folded = Frame.vectors(frame.stretches());
        int saved = folded - Frame.vectors(unfolded.stretches());
        return saved >= SAVED * folded ? unfolded : null;
    }

    /** Elements of all channels; behind them, arrays have room for one more vector. */
    int size() {
        return blocks.length * blockSize;
    }

    /** The places, side by side, in stretches of bounded length. */
    List<Frame.Stretch> stretches() {
        List<Frame.Stretch> stretches = new ArrayList<>();
        int depth = frame.depth();
        int places = frame.places() / depth;
        for (int z = 0; z < depth; z++) {
            for (int first = 0; first < places; first += STRETCH) {
                int position = z * (blockSize / frame.planes()) + first;
                int length = Math.min(STRETCH, places - first);
                stretches.add(new Frame.Stretch(position, z * places + first, 1, length, length, length));
            }
        }
        return stretches;
    }

    /** Copies what a frame holds. */
    void put(float[] framed, int at, float[] unfolded) {
        for (int block = 0; block < blocks.length; block++) {
            int to = block * blockSize;
            merged.copy(frame.lines(), frame.columns(), framed, at + blocks[block], frame.pitch(), unfolded, to);
        }
    }

    /** Adds what is here to what a frame holds. */
    void addTo(float[] unfolded, float[] framed, int at) {
        for (int block = 0; block < blocks.length; block++) {
            int from = block * blockSize;
            merged.add(frame.lines(), frame.columns(), unfolded, from, framed, at + blocks[block], frame.pitch());
        }
    }
}
