package io.sparknn.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * The three products behind convolutions, which tie images, places and weights together:
 *
 * <pre>
 *   places[f, q]      = Σ weights[f, t] · images[q + t]      a convolution, and backward of its transpose
 *   images[q + t]    += Σ weights[f, t] · places[f, q]       the transpose, and backward of a convolution
 *   weights[f, t]    += Σ places[f, q]  · images[q + t]      backward of both
 * </pre>
 *
 * over places q of a window, its elements t in all channels, and filters f. Each is a matrix product of views that a
 * {@link Frame} finds in place. A row of images has its own products, so its bits do not depend on the rows beside it.
 */
final class Correlation {
    /** Elements of a window that are added to the images at a time. */
    private static final int TAPS = 64;

    private final Frame frame;
    private final int rows;
    private final int groups;
    private final int channels;
    private final int filters;
    private final TableGemm gemm = TableGemm.get();
    private final int[] taps;
    private final int[] weightRows;
    private final int[] steps;

    /**
     * The products of a size.
     *
     * @param rows of images and places
     * @param channels of the images, in one group
     * @param filters channels of the places, in one group
     */
    Correlation(Frame frame, int rows, int groups, int channels, int filters) {
        this.frame = frame;
        this.rows = rows;
        this.groups = groups;
        this.channels = channels;
        this.filters = filters;
        taps = frame.taps(channels);
        weightRows = TableGemm.steps(filters, taps.length);
        steps = TableGemm.steps(taps.length, 1);
    }

    /** Where the channels of a group begin in the images of a row. */
    private int image(int row, int group) {
        return (row * groups + group) * channels * frame.imageSize();
    }

    /** Where the filters of a group begin in the places of a row. */
    private int places(int row, int group) {
        return (row * groups + group) * filters * frame.places();
    }

    private int weight(int group) {
        return group * filters * taps.length;
    }

    /** {@code places = bias + weights · images}; no bias if it is null. */
    void toPlaces(float[] images, float[] weights, float[] bias, float[] places) {
        List<Frame.Stretch> stretches = frame.stretches();
        int width = width(stretches);
        float[] c = Pass.current().allocate((filters + TableGemm.SPARE_ROWS) * width);
        Images source = new Images(images);
        for (int row = 0; row < rows; row++) {
            for (int group = 0; group < groups; group++) {
                source.read(row, group);
                for (Frame.Stretch stretch : stretches) {
                    fill(c, width, bias, group);
                    int from = source.at + stretch.position;
                    gemm.addProduct(
                            filters,
                            stretch.length(),
                            taps.length,
                            weights,
                            weight(group),
                            weightRows,
                            steps,
                            source.values,
                            from,
                            taps,
                            c,
                            width);
                    for (int f = 0; f < filters; f++) {
                        stretch.collect(c, f * width, places, places(row, group) + f * frame.places());
                    }
                }
            }
        }
    }

    private void fill(float[] c, int width, float[] bias, int group) {
        for (int f = 0; f < filters; f++) {
            Arrays.fill(c, f * width, (f + 1) * width, bias == null ? 0 : bias[group * filters + f]);
        }
    }

    /** {@code images += weightsᵀ · places}. */
    void addToImages(float[] places, float[] weights, float[] images) {
        List<Frame.Stretch> stretches = frame.stretches();
        int width = width(stretches);
        int size = channels * frame.size();
        float[] b = Pass.current().allocate(filters * width);
        float[] c = Pass.current().allocate((TAPS + TableGemm.SPARE_ROWS) * width);
        float[] sums = Pass.current().allocate(size + gemm.lanes());
        int[] placeRows = TableGemm.steps(filters, width);
        for (int row = 0; row < rows; row++) {
            for (int group = 0; group < groups; group++) {
                Arrays.fill(sums, 0, size, 0f);
                for (Frame.Stretch stretch : stretches) {
                    for (int f = 0; f < filters; f++) {
                        stretch.spread(places, places(row, group) + f * frame.places(), b, f * width, width);
                    }
                    addTaps(stretch, weights, weight(group), b, placeRows, c, width, sums);
                }
                frame.addTo(channels, sums, images, image(row, group), gemm);
            }
        }
    }

    /** Some elements of the window at a time, so that what is computed of them is still near when it is added. */
    private void addTaps(
            Frame.Stretch stretch,
            float[] weights,
            int weight,
            float[] b,
            int[] placeRows,
            float[] c,
            int width,
            float[] sums) {
        for (int first = 0; first < taps.length; first += TAPS) {
            int count = Math.min(TAPS, taps.length - first);
            int length = stretch.length();
            Arrays.fill(c, 0, count * width, 0f);
            gemm.addProduct(
                    count, length, filters, weights, weight + first, steps, weightRows, b, 0, placeRows, c, width);
            for (int t = 0; t < count; t++) {
                // Whole vectors: what is behind the stretch is 0.
                gemm.add(gemm.padded(length), c, t * width, sums, stretch.position + taps[first + t]);
            }
        }
    }

    /** {@code weights += places · imagesᵀ}. */
    void addToWeights(float[] images, float[] places, float[] weights) {
        int count = frame.places();
        int[] positions = frame.positions();
        int width = gemm.padded(filters);
        float[] b = Pass.current().allocate(count * width);
        float[] c = Pass.current().allocate((taps.length + TableGemm.SPARE_ROWS) * width);
        int[] placeRows = TableGemm.steps(count, width);
        Arrays.fill(b, 0, count * width, 0f);
        Images source = new Images(images);
        for (int group = 0; group < groups; group++) {
            Arrays.fill(c, 0, taps.length * width, 0f);
            for (int row = 0; row < rows; row++) {
                source.read(row, group);
                transpose(filters, count, places, places(row, group), b, width);
                gemm.addProduct(
                        taps.length,
                        filters,
                        count,
                        source.values,
                        source.at,
                        taps,
                        positions,
                        b,
                        0,
                        placeRows,
                        c,
                        width);
            }
            addTransposed(c, width, weights, weight(group));
        }
    }

    private void addTransposed(float[] c, int width, float[] weights, int to) {
        for (int f = 0; f < filters; f++) {
            for (int t = 0; t < taps.length; t++) {
                weights[to + f * taps.length + t] += c[t * width + f];
            }
        }
    }

    /** Sixteen columns at a time: the cache lines written stay near. */
    private static void transpose(int rows, int columns, float[] from, int at, float[] to, int width) {
        for (int start = 0; start < columns; start += 16) {
            int end = Math.min(columns, start + 16);
            for (int i = 0; i < rows; i++) {
                for (int j = start; j < end; j++) {
                    to[j * width + i] = from[at + i * columns + j];
                }
            }
        }
    }

    private int width(List<Frame.Stretch> stretches) {
        return gemm.padded(
                stretches.stream().mapToInt(Frame.Stretch::length).max().orElse(1));
    }

    /** The images as the window sees them, one row and group after the other. */
    private final class Images {
        private final float[] images;
        private float[] frames;
        float[] values;
        int at;

        Images(float[] images) {
            this.images = images;
        }

        void read(int row, int group) {
            int from = image(row, group);
            int size = channels * frame.size();
            // A product may read a vector's length behind the last element.
            if (frame.inPlace() && from + size + gemm.lanes() <= images.length) {
                values = images;
                at = from;
                return;
            }
            if (frames == null) {
                frames = Pass.current().allocate(size + gemm.lanes());
                Arrays.fill(frames, 0f);
            }
            frame.put(channels, images, from, frames);
            values = frames;
            at = 0;
        }
    }
}
