package io.sparknn.tensor;

import java.util.Arrays;

/**
 * One value for each window of each channel. Windows are boxes, so the lines of a box are merged into one first, element
 * by element, and that one is then merged along itself.
 */
abstract class Pool extends Operation {
    private final Window window;
    private final int[] outputSize;
    private final boolean countPadding;
    private final Spans[] axes = new Spans[3];
    private int[] sizes;
    private int channels;

    /** Windows that slide. */
    Pool(Window window, boolean countPadding) {
        this.window = window;
        this.outputSize = null;
        this.countPadding = countPadding;
    }

    /** As many windows as the output has elements; the input's size where that is unknown. */
    Pool(int... outputSize) {
        this.window = null;
        this.outputSize = outputSize.clone();
        this.countPadding = false;
    }

    /** Merges a line into another one of the same length. */
    abstract void merge(int n, float[] x, int from, float[] line);

    /** Merges the elements of each span of a line; factors are one over what a mean divides by. */
    abstract void reduce(float[] line, Spans spans, int others, float[] y, int to);

    /** Adds the gradient of one line of the output. */
    abstract void spread(Box box, float[] x, float[] y, float[] gy, int at, float[] gx);

    @Override
    final int rowAxis(Tensor... in) {
        return Conv.rowsInFront(this, in);
    }

    @Override
    final Shape shape(Tensor... in) {
        Shape x = in[0].localShape();
        int inner = window == null ? outputSize.length : window.rank();
        if (inner < 1 || inner > 3 || x.rank() != inner + 2) {
            throw new IllegalArgumentException(name() + " of " + shapes(in) + " expects an input of rank " + (inner + 2)
                    + " for " + inner + (inner == 1 ? " axis" : " axes"));
        }
        int[] places = window == null ? parts(x) : slides(x, in);
        sizes = Window.front(3 - inner, 1, Arrays.copyOfRange(x.local(), 2, x.rank()));
        channels = x.local()[0] * x.local()[1];
        for (int axis = 0; axis < 3; axis++) {
            int own = axis - (3 - inner);
            axes[axis] = own < 0 || window == null
                    ? Spans.parts(sizes[axis], own < 0 ? 1 : places[own])
                    : Spans.sliding(window, own, sizes[axis], places[own], countPadding);
        }
        return Conv.image(x, x.local()[1], places);
    }

    private int[] parts(Shape x) {
        int[] places = outputSize.clone();
        for (int axis = 0; axis < places.length; axis++) {
            places[axis] = places[axis] == Shape.UNKNOWN ? x.dim(axis + 2) : places[axis];
            if (places[axis] < 1 || x.dim(axis + 2) < 1) {
                throw new IllegalArgumentException(name() + " of " + x + " expects an output size of 1 or more, got "
                        + Arrays.toString(outputSize) + "; give it one for each inner axis");
            }
        }
        return places;
    }

    private int[] slides(Shape x, Tensor... in) {
        for (int axis = 0; axis < window.rank(); axis++) {
            if (2 * Math.max(window.beforeAt(axis), window.afterAt(axis)) > window.reach(axis)) {
                throw new IllegalArgumentException(name() + " of " + shapes(in) + " expects a padding of at most half"
                        + " the window, got " + window.beforeAt(axis) + " for a window of " + window.reach(axis)
                        + "; give it less padding");
            }
        }
        return window.places(name(), x);
    }

    @Override
    final void forward(Tensor[] in, float[] y) {
        float[] x = in[0].values();
        float[] line = Pass.current().allocate(sizes[2]);
        int width = axes[2].places();
        Box box = new Box();
        for (int at = 0; box.next(); at += width) {
            if (box.isEmpty()) {
                Arrays.fill(y, at, at + width, nothing());
                continue;
            }
            System.arraycopy(x, box.line(0), line, 0, sizes[2]);
            for (int i = 1; i < box.lines(); i++) {
                merge(sizes[2], x, box.line(i), line);
            }
            reduce(line, axes[2], box.count(), y, at);
        }
    }

    /** The value of a window that sees nothing. */
    abstract float nothing();

    @Override
    final void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] x = in[0].values();
        int width = axes[2].places();
        Box box = new Box();
        for (int at = 0; box.next(); at += width) {
            spread(box, x, y, gy, at, gradients[0]);
        }
    }

    /** The lines of the input that one line of the output sees, for one of these after the other. */
    final class Box {
        private int channel;
        private int z;
        private int y = -1;

        boolean next() {
            if (++y == axes[1].places()) {
                y = 0;
                if (++z == axes[0].places()) {
                    z = 0;
                    channel++;
                }
            }
            return channel < channels;
        }

        Spans along() {
            return axes[2];
        }

        int width() {
            return sizes[2];
        }

        boolean isEmpty() {
            return lines() == 0;
        }

        int lines() {
            return axes[0].size(z) * axes[1].size(y);
        }

        /** Where a line of the input begins. */
        int line(int i) {
            int high = axes[1].size(y);
            int inZ = axes[0].from[z] + i / high * axes[0].step;
            int inY = axes[1].from[y] + i % high * axes[1].step;
            return ((channel * sizes[0] + inZ) * sizes[1] + inY) * sizes[2];
        }

        /** What a mean divides by, but for the count along the line. */
        int count() {
            return axes[0].count[z] * axes[1].count[y];
        }
    }
}
