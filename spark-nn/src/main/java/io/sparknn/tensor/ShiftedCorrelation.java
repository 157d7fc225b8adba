package io.sparknn.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * The products of views that a {@link Frame} finds in place, or that lie {@link Unfolded}, one row of images after the
 * other: for places that lie side by side in long stretches.
 */
final class ShiftedCorrelation extends Correlation {
    /** Elements of a window that are added to the images at a time. */
    private static final int TAPS = 64;

    private final TableGemm gemm = TableGemm.get();
    private final Lines lines = Lines.get();
    private final Unfolded unfolded;
    private final Frame.Stretch[] stretches;
    private final int width;
    /** From a place to each element of its window, in the frame or unfolded. */
    private final int[] distances;
    /** The weights of a group. */
    private Scattered matrix;

    ShiftedCorrelation(Frame frame, int rows, int groups, int channels, int filters) {
        super(frame, rows, groups, channels, filters);
        unfolded = Unfolded.of(frame, channels);
        List<Frame.Stretch> all = unfolded == null ? frame.stretches() : unfolded.stretches();
        stretches = all.toArray(new Frame.Stretch[0]);
        width = width(all);
        distances = unfolded == null ? taps : unfolded.taps;
    }

    @Override
    void toPlaces(float[] images, float[] weights, float[] bias, float[] places) {
        float[] views = unfolded == null ? null : Pass.current().allocate(unfolded.size() + gemm.lanes());
        float[] c = Pass.current().allocate((filters + TableGemm.SPARE_ROWS) * width);
        float[] starts = bias == null ? zeros(groups * filters) : bias;
        Images source = reading(images, unfolded == null ? gemm.lanes() : 0);
        for (int group = 0; group < groups; group++) {
            Scattered a = filtersByTaps(weights, group);
            for (int row = 0; row < rows; row++) {
                source.read(row, group);
                if (unfolded != null) {
                    unfolded.put(source.values, source.at, views);
                }
                float[] b = unfolded == null ? source.values : views;
                int at = unfolded == null ? source.at : 0;
                for (Frame.Stretch stretch : stretches) {
                    int from = at + stretch.position;
                    gemm.product(a, stretch.length(), b, from, distances, starts, group * filters, c, width);
                    for (int f = 0; f < filters; f++) {
                        stretch.collect(c, f * width, places, places(row, group) + f * frame.places());
                    }
                }
            }
        }
    }

    private Scattered filtersByTaps(float[] weights, int group) {
        if (matrix == null) { // a plan runs over and over
            int[] rowStarts = Scattered.steps(filters, taps.length);
            matrix = new Scattered(filters, taps.length, rowStarts, Scattered.steps(taps.length, 1));
        }
        return gemm.pack(matrix.at(weights, weight(group)));
    }

    @Override
    void addToImages(float[] places, float[] weights, float[] images) {
        int size = unfolded == null ? channels * frame.size() : unfolded.size();
        float[] framed =
                unfolded == null || frame.inPlace() ? null : Pass.current().allocate(channels * frame.size());
        float[] b = Pass.current().allocate(filters * width);
        float[] c = Pass.current().allocate((TAPS + TableGemm.SPARE_ROWS) * width);
        float[] sums = Pass.current().allocate(size + gemm.lanes());
        float[] zeros = zeros(TAPS);
        int[] placeRows = Scattered.steps(filters, width);
        for (int group = 0; group < groups; group++) {
            Scattered[] parts = tapsByFilters(weights, group);
            for (int row = 0; row < rows; row++) {
                Arrays.fill(sums, 0, size, 0f);
                for (Frame.Stretch stretch : stretches) {
                    for (int f = 0; f < filters; f++) {
                        stretch.spread(places, places(row, group) + f * frame.places(), b, f * width, width);
                    }
                    for (int part = 0; part < parts.length; part++) {
                        gemm.product(parts[part], stretch.length(), b, 0, placeRows, zeros, 0, c, width);
                        addTaps(stretch, part * TAPS, parts[part].rows, c, width, sums);
                    }
                }
                collect(sums, framed, images, image(row, group));
            }
        }
    }

    private void collect(float[] sums, float[] framed, float[] images, int to) {
        if (unfolded == null) {
            frame.addTo(channels, sums, images, to);
        } else if (frame.inPlace()) {
            unfolded.addTo(sums, images, to);
        } else {
            Arrays.fill(framed, 0f);
            unfolded.addTo(sums, framed, 0);
            frame.addTo(channels, framed, images, to);
        }
    }

    /** Some elements of the window at a time, so that what is computed of them is still near when it is added. */
    private Scattered[] tapsByFilters(float[] weights, int group) {
        int[] columnStarts = Scattered.steps(filters, taps.length);
        int[] rowStarts = Scattered.steps(TAPS, 1);
        Scattered[] parts = new Scattered[(taps.length + TAPS - 1) / TAPS];
        for (int part = 0; part < parts.length; part++) {
            int count = Math.min(TAPS, taps.length - part * TAPS);
            parts[part] = gemm.pack(
                    new Scattered(count, filters, rowStarts, columnStarts).at(weights, weight(group) + part * TAPS));
        }
        return parts;
    }

    private void addTaps(Frame.Stretch stretch, int first, int count, float[] c, int width, float[] sums) {
        // Whole vectors: what is behind the stretch is 0.
        int length = gemm.padded(stretch.length());
        for (int t = 0; t < count; t++) {
            lines.add(length, c, t * width, sums, stretch.position + distances[first + t]);
        }
    }

    @Override
    void addToWeights(float[] images, float[] places, float[] weights) {
        int count = frame.places();
        int width = gemm.padded(filters);
        float[] b = zeros(count * width);
        float[] c = Pass.current().allocate((taps.length + TableGemm.SPARE_ROWS) * width);
        int[] placeRows = Scattered.steps(count, width);
        Scattered a = new Scattered(taps.length, count, taps, frame.positions());
        Images source = reading(images, gemm.lanes());
        for (int group = 0; group < groups; group++) {
            Arrays.fill(c, 0, taps.length * width, 0f);
            for (int row = 0; row < rows; row++) {
                source.read(row, group);
                transpose(filters, count, places, places(row, group), b, width);
                gemm.product(a.at(source.values, source.at), filters, b, 0, placeRows, null, 0, c, width);
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

    private int width(List<Frame.Stretch> all) {
        return gemm.padded(all.stream().mapToInt(Frame.Stretch::length).max().orElse(1));
    }
}
