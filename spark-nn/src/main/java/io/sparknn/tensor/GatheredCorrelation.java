package io.sparknn.tensor;

import java.util.Arrays;

/**
 * The products over the elements of all windows written out, many rows of images at once: for a few places a row, which
 * would leave a vector half empty.
 */
final class GatheredCorrelation extends Correlation {
    /** Windows that are written out at a time. */
    private static final int WINDOWS = 256;

    private final Gemm gemm = Gemm.get();
    private final int[] positions;
    private final int depth;
    private final int rowsAtOnce;

    GatheredCorrelation(Frame frame, int rows, int groups, int channels, int filters) {
        super(frame, rows, groups, channels, filters);
        positions = frame.positions();
        depth = taps.length;
        rowsAtOnce = Math.max(1, WINDOWS / positions.length);
    }

    @Override
    void toPlaces(float[] images, float[] weights, float[] bias, float[] places) {
        float[] windows = Pass.current().allocate(windows() * depth);
        float[] c = Pass.current().allocate(windows() * filters);
        float[] starts = bias == null ? zeros(groups * filters) : bias;
        Images source = reading(images, 0);
        for (int group = 0; group < groups; group++) {
            for (int first = 0; first < rows; first += rowsAtOnce) {
                int count = Math.min(rowsAtOnce, rows - first);
                int m = count * positions.length;
                gather(source, group, first, count, windows);
                for (int i = 0; i < m; i++) {
                    System.arraycopy(starts, group * filters, c, i * filters, filters);
                }
                gemm.multiply(m, filters, depth, windows, 0, depth, 1, weights, weight(group), 1, depth, c, 0, true);
                move(places, group, first, count, c, false);
            }
        }
    }

    @Override
    void addToImages(float[] places, float[] weights, float[] images) {
        float[] windows = Pass.current().allocate(windows() * depth);
        float[] c = Pass.current().allocate(windows() * filters);
        float[] sums = Pass.current().allocate(channels * frame.size());
        for (int group = 0; group < groups; group++) {
            for (int first = 0; first < rows; first += rowsAtOnce) {
                int count = Math.min(rowsAtOnce, rows - first);
                move(places, group, first, count, c, true);
                int m = count * positions.length;
                gemm.multiply(m, depth, filters, c, 0, filters, 1, weights, weight(group), depth, 1, windows, 0, false);
                for (int row = 0; row < count; row++) {
                    Arrays.fill(sums, 0f);
                    scatter(windows, row * positions.length * depth, sums);
                    frame.addTo(channels, sums, images, image(first + row, group));
                }
            }
        }
    }

    @Override
    void addToWeights(float[] images, float[] places, float[] weights) {
        float[] windows = Pass.current().allocate(windows() * depth);
        float[] c = Pass.current().allocate(windows() * filters);
        Images source = reading(images, 0);
        for (int group = 0; group < groups; group++) {
            for (int first = 0; first < rows; first += rowsAtOnce) {
                int count = Math.min(rowsAtOnce, rows - first);
                int k = count * positions.length;
                gather(source, group, first, count, windows);
                move(places, group, first, count, c, true);
                gemm.multiply(filters, depth, k, c, 0, 1, filters, windows, 0, depth, 1, weights, weight(group), true);
            }
        }
    }

    private int windows() {
        return Math.min(rowsAtOnce, rows) * positions.length;
    }

    /** Writes the elements of each window of some rows in a line. */
    private void gather(Images source, int group, int first, int count, float[] windows) {
        int to = 0;
        for (int row = 0; row < count; row++) {
            source.read(first + row, group);
            float[] values = source.values;
            for (int position : positions) {
                int from = source.at + position;
                for (int t = 0; t < depth; t++) {
                    windows[to + t] = values[from + taps[t]];
                }
                to += depth;
            }
        }
    }

    private void scatter(float[] windows, int start, float[] sums) {
        int from = start;
        for (int position : positions) {
            for (int t = 0; t < depth; t++) {
                sums[position + taps[t]] += windows[from + t];
            }
            from += depth;
        }
    }

    /** Copies between places and lines of filters, one for each place. */
    private void move(float[] places, int group, int first, int count, float[] lines, boolean toLines) {
        int n = positions.length;
        for (int row = 0; row < count; row++) {
            int at = places(first + row, group);
            for (int f = 0; f < filters; f++) {
                for (int i = 0; i < n; i++) {
                    int line = (row * n + i) * filters + f;
                    if (toLines) {
                        lines[line] = places[at + f * n + i];
                    } else {
                        places[at + f * n + i] = lines[line];
                    }
                }
            }
        }
    }
}
