package io.sparknn.tensor;

import java.util.Arrays;

/** The inner axes of (N, C, ...) made longer at both ends by elements of their own; the gradient adds up where they are. */
final class Pad extends Operation {
    private final PadMode mode;
    private final int[] before;
    private final int[] after;
    private final int[][] sources = new int[3][];
    private int[] sizes;
    private int channels;

    private Pad(PadMode mode, int[] before, int[] after) {
        this.mode = mode;
        this.before = before.clone();
        this.after = after.clone();
    }

    static Tensor of(Tensor x, PadMode mode, int[] before, int[] after) {
        return new Pad(mode, before, after).apply(x);
    }

    @Override
    void describe(Note note) {
        note.text("mode", mode.toString()).integers("before", before).integers("after", after);
    }

    @Override
    String name() {
        return "pad";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape x = in[0].localShape();
        int inner = before.length;
        if (inner < 1 || inner > 3 || after.length != inner || x.rank() != inner + 2) {
            throw new IllegalArgumentException("pad of " + shapes(in) + " expects a number in front and one behind for"
                    + " each of 1 to 3 inner axes, got " + Arrays.toString(before) + " and " + Arrays.toString(after));
        }
        sizes = Window.front(3 - inner, 1, Arrays.copyOfRange(x.local(), 2, x.rank()));
        channels = x.local()[0] * x.local()[1];
        int[] padded = new int[inner];
        for (int axis = 0; axis < 3; axis++) {
            int own = axis - (3 - inner);
            int size = sizes[axis];
            if (own >= 0) {
                check(size, before[own], in);
                check(size, after[own], in);
                padded[own] = before[own] + size + after[own];
            }
            int first = own < 0 ? 0 : before[own];
            int[] source = new int[own < 0 ? 1 : padded[own]];
            Arrays.setAll(source, i -> mode.source(i - first, size));
            sources[axis] = source;
        }
        return Conv.image(x, x.local()[1], padded);
    }

    private void check(int size, int more, Tensor... in) {
        int most = mode.most(size);
        if (more < 0 || more > most) {
            throw new IllegalArgumentException("pad of " + shapes(in) + " expects from 0 to " + most
                    + " elements at an end of " + size + " for the mode " + mode + ", got " + more
                    + "; give it less padding");
        }
    }

    @Override
    int rowAxis(Tensor... in) {
        return Conv.rowsInFront(this, in);
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        float[] x = in[0].values();
        int to = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int z : sources[0]) {
                for (int line : sources[1]) {
                    to = line(x, start(channel, z, line), y, to);
                }
            }
        }
    }

    private int start(int channel, int z, int line) {
        return z < 0 || line < 0 ? -1 : ((channel * sizes[0] + z) * sizes[1] + line) * sizes[2];
    }

    private int line(float[] x, int from, float[] y, int start) {
        int to = start;
        for (int source : sources[2]) {
            y[to++] = from < 0 || source < 0 ? 0f : x[from + source];
        }
        return to;
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] gx = gradients[0];
        int at = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int z : sources[0]) {
                for (int line : sources[1]) {
                    int to = start(channel, z, line);
                    for (int source : sources[2]) {
                        if (to >= 0 && source >= 0) {
                            gx[to + source] += gy[at];
                        }
                        at++;
                    }
                }
            }
        }
    }
}
