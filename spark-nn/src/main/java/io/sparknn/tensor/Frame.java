package io.sparknn.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How one image lies in memory so that a window finds each of its elements for many neighbouring places in one stretch.
 *
 * <p>A window that moves by 1 over an image without padding reads the image where it is: for places side by side, its
 * elements are side by side. With padding the image is copied into a frame of zeros. With a stride s it is dealt out to
 * s planes an axis, each of which holds every s-th element, so that neighbouring places are neighbours again:
 *
 * <pre>
 *   stride 2:   x0 x1 x2 x3 x4 x5 x6   becomes   x0 x2 x4 x6   x1 x3 x5
 * </pre>
 *
 * An element of the window is then a constant distance (a tap) from the place, whatever the place.
 */
final class Frame {
    /** Columns of a product at most, where that does not cut a line: what it writes stays near the core. */
    private static final int STRETCH = 512;

    /** The length by which lines are judged; it changes no bits, so it need not be the machine's. */
    private static final int LANES = 16;

    private final Lines lines = Lines.get();
    private final int[] in;
    private final int[] out;
    private final int[] stride;
    private final int[] before;
    private final int[] kernel;
    private final int[] dilation;
    private final int[] extent = new int[3];
    private final int[] plane = new int[3];
    private final boolean inPlace;

    /**
     * The frame of an image.
     *
     * @param window over one to three axes
     * @param in sizes of the image along them
     * @param out places of the window along them
     */
    Frame(Window window, int[] in, int[] out) {
        Window three = window.overThree();
        int more = 3 - window.rank();
        this.in = Window.front(more, 1, in);
        this.out = Window.front(more, 1, out);
        stride = new int[3];
        before = new int[3];
        kernel = new int[3];
        dilation = new int[3];
        boolean plain = true;
        for (int axis = 0; axis < 3; axis++) {
            stride[axis] = three.strideAt(axis);
            before[axis] = three.beforeAt(axis);
            kernel[axis] = three.kernelAt(axis);
            dilation[axis] = three.dilationAt(axis);
            extent[axis] = (this.out[axis] - 1) * stride[axis] + three.reach(axis);
            plane[axis] = (extent[axis] + stride[axis] - 1) / stride[axis];
            plain &= stride[axis] == 1 && before[axis] == 0 && extent[axis] == this.in[axis];
        }
        inPlace = plain;
    }

    /** Whether the image is read where it is. */
    boolean inPlace() {
        return inPlace;
    }

    /** Elements of one channel of the image. */
    int imageSize() {
        return in[0] * in[1] * in[2];
    }

    /** Elements of one channel in the frame. */
    int size() {
        return Math.multiplyExact(stride[0] * stride[1] * stride[2], plane[0] * plane[1] * plane[2]);
    }

    /** Places of the window. */
    int places() {
        return out[0] * out[1] * out[2];
    }

    /** The distance of each element of a window from its place, for a number of channels. */
    int[] taps(int channels) {
        int[] taps = new int[channels * kernel[0] * kernel[1] * kernel[2]];
        int at = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int z = 0; z < kernel[0]; z++) {
                for (int y = 0; y < kernel[1]; y++) {
                    for (int x = 0; x < kernel[2]; x++) {
                        taps[at++] = channel * size() + position(z * dilation[0], y * dilation[1], x * dilation[2]);
                    }
                }
            }
        }
        return taps;
    }

    /** Where the columns of a window begin in a frame: for each channel and each phase of the lines, one after the other. */
    int[] blocks(int channels) {
        int[] blocks = new int[channels * stride[0] * stride[1] * kernel[2]];
        int at = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int z = 0; z < stride[0]; z++) {
                for (int y = 0; y < stride[1]; y++) {
                    for (int x = 0; x < kernel[2]; x++) {
                        blocks[at++] = channel * size() + position(z, y, x * dilation[2]);
                    }
                }
            }
        }
        return blocks;
    }

    /** The distance of each element of a window from its place, where each of these blocks is cut to the places' columns. */
    int[] tapsOfBlocks(int channels, int blockSize) {
        int[] taps = new int[channels * kernel[0] * kernel[1] * kernel[2]];
        int at = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int z = 0; z < kernel[0] * dilation[0]; z += dilation[0]) {
                for (int y = 0; y < kernel[1] * dilation[1]; y += dilation[1]) {
                    int phase = (channel * stride[0] + z % stride[0]) * stride[1] + y % stride[1];
                    int line = z / stride[0] * plane[1] + y / stride[1];
                    for (int x = 0; x < kernel[2]; x++) {
                        taps[at++] = (phase * kernel[2] + x) * blockSize + line * out[2];
                    }
                }
            }
        }
        return taps;
    }

    /** Planes that lie one behind the other in a phase of the frame. */
    int planes() {
        return plane[0];
    }

    /** Lines of all those planes. */
    int lines() {
        return plane[0] * plane[1];
    }

    /** From one line to the next. */
    int pitch() {
        return plane[2];
    }

    /** Planes of places. */
    int depth() {
        return out[0];
    }

    /** Places in a line. */
    int columns() {
        return out[2];
    }

    /** Where an element of the padded image is in a channel of the frame. */
    private int position(int z, int y, int x) {
        int phase = (z % stride[0] * stride[1] + y % stride[1]) * stride[2] + x % stride[2];
        return ((phase * plane[0] + z / stride[0]) * plane[1] + y / stride[1]) * plane[2] + x / stride[2];
    }

    /** Where each place of the window is. */
    int[] positions() {
        int[] positions = new int[places()];
        int at = 0;
        for (int z = 0; z < out[0]; z++) {
            for (int y = 0; y < out[1]; y++) {
                for (int x = 0; x < out[2]; x++) {
                    positions[at++] = (z * plane[1] + y) * plane[2] + x;
                }
            }
        }
        return positions;
    }

    /** Copies channels of an image into a frame, whose other elements stay. */
    void put(int channels, float[] image, int from, float[] frame) {
        for (int channel = 0; channel < channels; channel++) {
            for (int z = 0; z < in[0]; z++) {
                for (int y = 0; y < in[1]; y++) {
                    if (isSeen(0, z) && isSeen(1, y)) {
                        int line = from + ((channel * in[0] + z) * in[1] + y) * in[2];
                        putLine(image, line, frame, channel * size(), z + before[0], y + before[1]);
                    }
                }
            }
        }
    }

    /** What lies behind the last place of a window with a stride is not seen, nor is what a padding below 0 cuts off. */
    private boolean isSeen(int axis, int at) {
        return at + before[axis] < extent[axis];
    }

    private void putLine(float[] image, int line, float[] frame, int channel, int z, int y) {
        int step = stride[2];
        int seen = Math.max(0, Math.min(in[2], extent[2] - before[2]));
        if (step == 1) {
            System.arraycopy(image, line, frame, channel + position(z, y, before[2]), seen);
            return;
        }
        for (int first = 0; first < Math.min(step, seen); first++) {
            int to = channel + position(z, y, first + before[2]);
            for (int x = first; x < seen; x += step) {
                frame[to++] = image[line + x];
            }
        }
    }

    /** Adds what a frame holds to the channels of an image. */
    void addTo(int channels, float[] frame, float[] image, int to) {
        if (inPlace) {
            lines.add(channels * imageSize(), frame, 0, image, to);
            return;
        }
        for (int channel = 0; channel < channels; channel++) {
            for (int z = 0; z < in[0]; z++) {
                for (int y = 0; y < in[1]; y++) {
                    if (isSeen(0, z) && isSeen(1, y)) {
                        int line = to + ((channel * in[0] + z) * in[1] + y) * in[2];
                        addLine(frame, channel * size(), z + before[0], y + before[1], image, line);
                    }
                }
            }
        }
    }

    private void addLine(float[] frame, int channel, int z, int y, float[] image, int line) {
        int step = stride[2];
        int seen = Math.max(0, Math.min(in[2], extent[2] - before[2]));
        if (step == 1) {
            lines.add(seen, frame, channel + position(z, y, before[2]), image, line);
            return;
        }
        for (int first = 0; first < Math.min(step, seen); first++) {
            int from = channel + position(z, y, first + before[2]);
            for (int x = first; x < seen; x += step) {
                image[line + x] += frame[from++];
            }
        }
    }

    /** Whether stretches of places fill vectors at least by half. */
    boolean isDense() {
        return vectors(stretches()) * LANES <= 2 * places();
    }

    /** The places cut into stretches that lie side by side in the frame, up to gaps at the ends of lines. */
    List<Stretch> stretches() {
        int lines = linesAtOnce();
        int columns = lines == 1 ? Math.min(out[2], STRETCH) : out[2];
        List<Stretch> stretches = new ArrayList<>();
        for (int z = 0; z < out[0]; z++) {
            for (int y = 0; y < out[1]; y += lines) {
                for (int x = 0; x < out[2]; x += columns) {
                    int position = (z * plane[1] + y) * plane[2] + x;
                    int place = (z * out[1] + y) * out[2] + x;
                    stretches.add(new Stretch(
                            position,
                            place,
                            Math.min(lines, out[1] - y),
                            Math.min(columns, out[2] - x),
                            plane[2],
                            out[2]));
                }
            }
        }
        return stretches;
    }

    /** Gaps cost, and so do the ends of vectors: the number of lines at once for which least is computed. */
    private int linesAtOnce() {
        int best = 1;
        for (int lines = 2; lines <= out[1] && length(lines) <= STRETCH; lines++) {
            best = cost(lines) <= cost(best) ? lines : best;
        }
        return best;
    }

    private int length(int lines) {
        return (lines - 1) * plane[2] + out[2];
    }

    private int cost(int lines) {
        int last = out[1] % lines;
        int whole = out[1] / lines * vectors(length(lines));
        return whole + (last == 0 ? 0 : vectors(length(last)));
    }

    static int vectors(List<Stretch> stretches) {
        return stretches.stream().mapToInt(stretch -> vectors(stretch.length())).sum();
    }

    static int vectors(int length) {
        return (length + LANES - 1) / LANES;
    }

    @Override
    public String toString() {
        return "Frame" + Arrays.toString(in) + Arrays.toString(out);
    }

    /** Lines of places that one product computes. */
    static final class Stretch {
        /** Where the first place is in the frame. */
        final int position;
        /** The number of the first place. */
        final int place;

        private final int lines;
        private final int columns;
        private final int pitch;
        private final int outPitch;

        Stretch(int position, int place, int lines, int columns, int pitch, int outPitch) {
            this.position = position;
            this.place = place;
            this.lines = lines;
            this.columns = columns;
            this.pitch = pitch;
            this.outPitch = outPitch;
        }

        /** Elements from the first place to the last, with the gaps. */
        int length() {
            return (lines - 1) * pitch + columns;
        }

        /** Copies a channel of the places, gaps left out. */
        void collect(float[] stretch, int from, float[] channel, int to) {
            if (lines == 1 || pitch == outPitch) {
                System.arraycopy(stretch, from, channel, to + place, length());
                return;
            }
            for (int line = 0; line < lines; line++) {
                System.arraycopy(stretch, from + line * pitch, channel, to + place + line * outPitch, columns);
            }
        }

        /** Copies a channel of the places, zeros into the gaps and up to a width. */
        void spread(float[] channel, int from, float[] stretch, int to, int width) {
            if (lines == 1 || pitch == outPitch) {
                System.arraycopy(channel, from + place, stretch, to, length());
                Arrays.fill(stretch, to + length(), to + width, 0f);
                return;
            }
            for (int line = 0; line < lines; line++) {
                int at = to + line * pitch;
                System.arraycopy(channel, from + place + line * outPitch, stretch, at, columns);
                int next = line + 1 < lines ? at + pitch : to + width;
                for (int i = at + columns; i < next; i++) {
                    stretch[i] = 0f;
                }
            }
        }
    }
}
