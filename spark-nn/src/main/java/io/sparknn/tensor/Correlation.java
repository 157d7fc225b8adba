package io.sparknn.tensor;

import java.util.Arrays;

/**
 * The three products behind convolutions, which tie images, places and weights together:
 *
 * <pre>
 *   places[f, q]      = Σ weights[f, t] · images[q + t]      a convolution, and backward of its transpose
 *   images[q + t]    += Σ weights[f, t] · places[f, q]       the transpose, and backward of a convolution
 *   weights[f, t]    += Σ places[f, q]  · images[q + t]      backward of both
 * </pre>
 *
 * over places q of a window, its elements t in all channels, and filters f. In the first two the bits of a row do not
 * depend on the rows beside it.
 */
abstract class Correlation {
    final Frame frame;
    final int rows;
    final int groups;
    final int channels;
    final int filters;
    final int[] taps;
    private final Images source = new Images();

    Correlation(Frame frame, int rows, int groups, int channels, int filters) {
        this.frame = frame;
        this.rows = rows;
        this.groups = groups;
        this.channels = channels;
        this.filters = filters;
        this.taps = frame.taps(channels);
    }

    /**
     * The products of a size, by the way that suits it.
     *
     * @param rows of images and places
     * @param channels of the images, in one group
     * @param filters channels of the places, in one group
     */
    static Correlation of(Frame frame, int rows, int groups, int channels, int filters) {
        return frame.isDense()
                ? new ShiftedCorrelation(frame, rows, groups, channels, filters)
                : new GatheredCorrelation(frame, rows, groups, channels, filters);
    }

    /** {@code places = bias + weights · images}; no bias if it is null. */
    abstract void toPlaces(float[] images, float[] weights, float[] bias, float[] places);

    /** {@code images += weightsᵀ · places}. */
    abstract void addToImages(float[] places, float[] weights, float[] images);

    /** {@code weights += places · imagesᵀ}. */
    abstract void addToWeights(float[] images, float[] places, float[] weights);

    /** Where the channels of a group begin in the images of a row. */
    final int image(int row, int group) {
        return (row * groups + group) * channels * frame.imageSize();
    }

    /** Where the filters of a group begin in the places of a row. */
    final int places(int row, int group) {
        return (row * groups + group) * filters * frame.places();
    }

    final int weight(int group) {
        return group * filters * taps.length;
    }

    static float[] zeros(int n) {
        float[] zeros = Pass.current().allocate(n);
        Arrays.fill(zeros, 0f);
        return zeros;
    }

    /**
     * Images to be read; until others are.
     *
     * @param slack how far behind the last element reading may go
     */
    final Images reading(float[] images, int slack) {
        source.images = images;
        source.slack = slack;
        source.frames = null; // of another pass
        return source;
    }

    /** The images as the window sees them, one row and group after the other. */
    final class Images {
        private float[] images;
        private int slack;
        private float[] frames;
        float[] values;
        int at;

        void read(int row, int group) {
            int from = image(row, group);
            int size = channels * frame.size();
            if (frame.inPlace() && from + size + slack <= images.length) {
                values = images;
                at = from;
                return;
            }
            frames = frames == null ? zeros(size + slack) : frames;
            frame.put(channels, images, from, frames);
            values = frames;
            at = 0;
        }
    }
}
