package io.sparknn.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * The products of views that a {@link Frame} finds in place, one row of images after the other: for places that lie side
 * by side in long stretches.
 */
final class ShiftedCorrelation extends Correlation {
    /** Elements of a window that are added to the images at a time. */
    private static final int TAPS = 64;

    private final TableGemm gemm = TableGemm.get();
    private final Lines lines = Lines.get();
    private final int[] weightRows;
    private final int[] steps;

    ShiftedCorrelation(Frame frame, int rows, int groups, int channels, int filters) {
        super(frame, rows, groups, channels, filters);
        weightRows = TableGemm.steps(filters, taps.length);
        steps = TableGemm.steps(taps.length, 1);
    }

    @Override
    void toPlaces(float[] images, float[] weights, float[] bias, float[] places) {
        List<Frame.Stretch> stretches = frame.stretches();
        int width = width(stretches);
        float[] c = Pass.current().allocate((filters + TableGemm.SPARE_ROWS) * width);
        float[] starts = bias == null ? zeros(groups * filters) : bias;
        Images source = new Images(images, gemm.lanes());
        for (int row = 0; row < rows; row++) {
            for (int group = 0; group < groups; group++) {
                source.read(row, group);
                for (Frame.Stretch stretch : stretches) {
                    int from = source.at + stretch.position;
                    gemm.product(
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
                            starts,
                            group * filters,
                            c,
                            width);
                    for (int f = 0; f < filters; f++) {
                        stretch.collect(c, f * width, places, places(row, group) + f * frame.places());
                    }
                }
            }
        }
    }

    @Override
    void addToImages(float[] places, float[] weights, float[] images) {
        List<Frame.Stretch> stretches = frame.stretches();
        int width = width(stretches);
        int size = channels * frame.size();
        float[] b = Pass.current().allocate(filters * width);
        float[] c = Pass.current().allocate((TAPS + TableGemm.SPARE_ROWS) * width);
        float[] sums = Pass.current().allocate(size + gemm.lanes());
        float[] zeros = zeros(TAPS);
        int[] placeRows = TableGemm.steps(filters, width);
        for (int row = 0; row < rows; row++) {
            for (int group = 0; group < groups; group++) {
                Arrays.fill(sums, 0, size, 0f);
                for (Frame.Stretch stretch : stretches) {
                    for (int f = 0; f < filters; f++) {
                        stretch.spread(places, places(row, group) + f * frame.places(), b, f * width, width);
                    }
                    addTaps(stretch, weights, weight(group), b, placeRows, zeros, c, width, sums);
                }
                frame.addTo(channels, sums, images, image(row, group));
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
            float[] zeros,
            float[] c,
            int width,
            float[] sums) {
        for (int first = 0; first < taps.length; first += TAPS) {
            int count = Math.min(TAPS, taps.length - first);
            int length = stretch.length();
            int from = weight + first;
            gemm.product(count, length, filters, weights, from, steps, weightRows, b, 0, placeRows, zeros, 0, c, width);
            for (int t = 0; t < count; t++) {
                // Whole vectors: what is behind the stretch is 0.
                lines.add(gemm.padded(length), c, t * width, sums, stretch.position + taps[first + t]);
            }
        }
    }

    @Override
    void addToWeights(float[] images, float[] places, float[] weights) {
        int count = frame.places();
        int[] positions = frame.positions();
        int width = gemm.padded(filters);
        float[] b = Pass.current().allocate(count * width);
        float[] c = Pass.current().allocate((taps.length + TableGemm.SPARE_ROWS) * width);
        int[] placeRows = TableGemm.steps(count, width);
        Arrays.fill(b, 0, count * width, 0f);
        Images source = new Images(images, gemm.lanes());
        for (int group = 0; group < groups; group++) {
            Arrays.fill(c, 0, taps.length * width, 0f);
            for (int row = 0; row < rows; row++) {
                source.read(row, group);
                transpose(filters, count, places, places(row, group), b, width);
                gemm.product(
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
                        null,
                        0,
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

    /** Four rows at a time: what is written lies together, and what is read does. */
    static void transpose(int rows, int columns, float[] from, int at, float[] to, int width) {
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            int r0 = at + i * columns;
            int r1 = r0 + columns;
            int r2 = r1 + columns;
            int r3 = r2 + columns;
            for (int j = 0, write = i; j < columns; j++, write += width) {
                to[write] = from[r0 + j];
                to[write + 1] = from[r1 + j];
                to[write + 2] = from[r2 + j];
                to[write + 3] = from[r3 + j];
            }
        }
        for (; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[j * width + i] = from[at + i * columns + j];
            }
        }
    }

    private int width(List<Frame.Stretch> stretches) {
        return gemm.padded(
                stretches.stream().mapToInt(Frame.Stretch::length).max().orElse(1));
    }
}
